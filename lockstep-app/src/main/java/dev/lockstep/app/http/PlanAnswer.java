package dev.lockstep.app.http;

import dev.lockstep.app.json.Json;
import dev.lockstep.app.json.PlanJson;
import dev.lockstep.engine.Engine;
import dev.lockstep.engine.Engine.SyncRequest;
import dev.lockstep.engine.Progress;
import dev.lockstep.engine.view.PlanView;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import tools.jackson.core.JsonGenerator;

/** A plan as it is worked out, however long: {@code {"writes": […], "plan": {…}}}. */
final class PlanAnswer {
    private PlanAnswer() {}

    static void send(Engine engine, SyncRequest what, ServerResponse response) throws InterruptedException {
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        try (JsonGenerator json = Json.generator(response.outputStream())) {
            json.writeStartObject();
            json.writeName("writes");
            json.writeStartArray();
            PlanView view = engine.plan(
                    what,
                    write -> {
                        synchronized (json) {
                            PlanJson.one(json, write);
                        }
                    },
                    Progress.NONE);
            json.writeEndArray();
            json.writePOJOProperty("plan", view);
            json.writeEndObject();
        }
    }
}
