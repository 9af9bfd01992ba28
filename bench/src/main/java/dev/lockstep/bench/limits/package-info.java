/** How little it costs: questions under load, idleness, slow platforms, growth; each against its limit. */
@NullMarked
package dev.lockstep.bench.limits;

import org.jspecify.annotations.NullMarked;
