package dev.lockstep.core.state;

import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A write on its way, or acknowledged and not yet shown by its platform's stream.
 *
 * @param write the write as sent
 * @param stamps for each cell of the write, the stamp (microseconds) of the claim that its value carries
 * @param winners for each cell, the record whose claim won, null for a computed value; for provenance
 * @param sentMicros when leave to send was given
 * @param unclear its outcome is not known: it is being looked up
 */
public record Flight(
        Write write, List<Long> stamps, List<@Nullable RecordName> winners, long sentMicros, boolean unclear) {

    /** Where among its cells this column is; -1 when it is not written. */
    public int indexOf(int column) {
        List<Write.Cell> cells = write.cells();
        for (int i = 0; i < cells.size(); i++) if (cells.get(i).column() == column) return i;
        return -1;
    }

    public Flight nowUnclear() {
        return new Flight(write, stamps, winners, sentMicros, true);
    }

    /** It is over, and a read that begins from now on tells what of it was written. */
    public Flight doubted(long nowMicros) {
        return new Flight(write, stamps, winners, nowMicros, true);
    }
}
