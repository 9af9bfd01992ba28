/** Who is who: what identifies a record, how groups meet and part, and how a group falls into customers. */
@NullMarked
package dev.lockstep.core.identity;

import org.jspecify.annotations.NullMarked;
