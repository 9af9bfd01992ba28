package dev.lockstep.app.json;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/** A writer that is only flushed when it is closed: whoever opened it closes it. */
final class Unclosed extends FilterWriter {
    Unclosed(Writer writer) {
        super(writer);
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
