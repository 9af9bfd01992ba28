/** Golden values: what a customer's claims come to, by the keep rules. A pure function of the set of claims. */
@NullMarked
package dev.lockstep.core.golden;

import org.jspecify.annotations.NullMarked;
