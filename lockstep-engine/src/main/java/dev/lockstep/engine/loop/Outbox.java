package dev.lockstep.engine.loop;

import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the loop puts what is to be done about what is now durable. Nothing here may block. */
public interface Outbox {

    /** Send these; each is recorded as intent. */
    void send(int platform, List<Write> writes);

    /** Read these records again. */
    void look(int platform, List<String> keys);

    /** Everything up to this position is durable. */
    void confirm(int platform, String position);

    /** This happened. {@code customerOf} is good until this returns. */
    void happened(List<Fact> facts, Function<RecordName, RecordName> customerOf);

    /** Read this platform again in full. */
    void again(int platform);

    /** A platform, or one of its columns, fits the workspace no more, or again. */
    void drifted(int platform, @Nullable String column, boolean away, String sentence);

    /** The platform can read single records. */
    boolean reads(int platform);

    /** For those who only rehearse: nothing is done. */
    Outbox NONE = new Outbox() {
        @Override
        public void send(int platform, List<Write> writes) {}

        @Override
        public void look(int platform, List<String> keys) {}

        @Override
        public void confirm(int platform, String position) {}

        @Override
        public void happened(List<Fact> facts, Function<RecordName, RecordName> customerOf) {}

        @Override
        public void again(int platform) {}

        @Override
        public void drifted(int platform, @Nullable String column, boolean away, String sentence) {}

        @Override
        public boolean reads(int platform) {
            return false;
        }
    };
}
