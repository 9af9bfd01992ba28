@NullMarked
package dev.lockstep.engine.loop;

import org.jspecify.annotations.NullMarked;
