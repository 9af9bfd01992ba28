/**
 * Columns and fields: how one column of one platform is read as a field's value, and written from one.
 *
 * <p>Every {@link ColumnLens} that is read and written keeps two laws, whatever its type, kind, format and table:
 *
 * <pre>{@code
 * read(write(v, c)) = roundTrip(v, c)     what is written reads as what the column can hold of it
 * read(write(read(c), c)) = read(c)       what was read and is written back reads the same
 * }</pre>
 */
@NullMarked
package dev.lockstep.core.lens;

import org.jspecify.annotations.NullMarked;
