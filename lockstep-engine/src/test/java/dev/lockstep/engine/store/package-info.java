@NullMarked
package dev.lockstep.engine.store;

import org.jspecify.annotations.NullMarked;
