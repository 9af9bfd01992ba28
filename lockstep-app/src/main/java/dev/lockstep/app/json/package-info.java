/** How the program's answers look as JSON. */
@NullMarked
package dev.lockstep.app.json;

import org.jspecify.annotations.NullMarked;
