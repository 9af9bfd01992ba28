package dev.lockstep.app.http;

import dev.lockstep.app.json.Json;
import dev.lockstep.engine.EngineException;
import dev.lockstep.engine.view.PlanView;
import dev.lockstep.engine.view.PlanView.PlannedCell;
import dev.lockstep.engine.view.PlanView.PlannedWrite;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/** Reads the server's plan as it comes, one write at a time. */
final class PlanReader {
    private PlanReader() {}

    static PlanView read(InputStream stream, Consumer<PlannedWrite> each) {
        try (JsonParser json = Json.parser(stream)) {
            PlanView view = null;
            expect(json, JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("writes")) {
                    while (json.nextToken() == JsonToken.START_OBJECT)
                        each.accept(write(Json.read(json, JsonNode.class)));
                } else {
                    view = Json.read(json, PlanView.class);
                }
            }
            if (view == null) throw broken();
            return view;
        }
    }

    private static void expect(JsonParser json, JsonToken token) {
        if (json.nextToken() != token) throw broken();
    }

    private static EngineException broken() {
        return new EngineException("The server ended before its plan was complete.", "");
    }

    private static PlannedWrite write(JsonNode node) {
        List<PlannedCell> cells = new ArrayList<>();
        for (Map.Entry<String, JsonNode> column : node.get("columns").properties()) {
            JsonNode cell = column.getValue();
            cells.add(new PlannedCell(
                    column.getKey(),
                    cell.path("field").asString(""),
                    text(cell, "from"),
                    text(cell, "to"),
                    cell.path("winner").asString("")));
        }
        return new PlannedWrite(
                node.get("platform").stringValue(),
                node.get("kind").stringValue(),
                text(node, "key"),
                node.path("customer").asString(""),
                List.copyOf(cells));
    }

    private static @Nullable String text(JsonNode node, String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value.stringValue();
    }
}
