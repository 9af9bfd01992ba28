package dev.lockstep.app.json;

import dev.lockstep.engine.view.PlanView.PlannedCell;
import dev.lockstep.engine.view.PlanView.PlannedWrite;
import java.io.Writer;
import tools.jackson.core.JsonGenerator;

/**
 * The writes of a plan as a JSON list, one write a line, however many there are:
 * {@code {"platform": "crm", "key": "7", "kind": "update", "customer": "1:42", "columns": {"tel": {"from": "1", "to":
 * "2"}}}}.
 */
public final class PlanJson implements AutoCloseable {
    private final JsonGenerator json;

    private PlanJson(JsonGenerator json) {
        this.json = json;
    }

    /** Begins the list; {@link #close} ends it, and leaves the writer open. */
    public static PlanJson array(Writer writer) {
        JsonGenerator json = Json.generator(new Unclosed(writer));
        json.writeStartArray();
        return new PlanJson(json);
    }

    /** One write more. */
    public synchronized void write(PlannedWrite write) {
        json.writeRaw("\n");
        one(json, write);
    }

    /** One write, as an object. */
    public static void one(JsonGenerator json, PlannedWrite write) {
        json.writeStartObject();
        json.writeStringProperty("platform", write.platform());
        json.writeName("key");
        json.writeString(write.key());
        json.writeStringProperty("kind", write.kind());
        json.writeStringProperty("customer", write.customer());
        json.writeName("columns");
        json.writeStartObject();
        for (PlannedCell cell : write.cells()) {
            json.writeName(cell.column());
            json.writeStartObject();
            json.writeName("from");
            json.writeString(cell.before());
            json.writeName("to");
            json.writeString(cell.after());
            if (!cell.field().isEmpty()) json.writeStringProperty("field", cell.field());
            if (!cell.winner().isEmpty()) json.writeStringProperty("winner", cell.winner());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    @Override
    public synchronized void close() {
        json.writeEndArray();
        json.close();
    }
}
