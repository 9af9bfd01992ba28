@NullMarked
package dev.lockstep.engine.delivery;

import org.jspecify.annotations.NullMarked;
