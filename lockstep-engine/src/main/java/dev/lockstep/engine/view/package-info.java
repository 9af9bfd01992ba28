/** What the engine shows to people and programs: plain records without behaviour, ready to be printed as JSON. */
@NullMarked
package dev.lockstep.engine.view;

import org.jspecify.annotations.NullMarked;
