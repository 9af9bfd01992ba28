@NullMarked
package dev.lockstep.core.codec;

import org.jspecify.annotations.NullMarked;
