/** How fast the engine is by itself, between platforms that only hold numbers. */
@NullMarked
package dev.lockstep.engine.speed;

import org.jspecify.annotations.NullMarked;
