/** {@code lockstep demo}: three real databases, a workspace over them, and a life going on in them. */
@NullMarked
package dev.lockstep.app.demo;

import org.jspecify.annotations.NullMarked;
