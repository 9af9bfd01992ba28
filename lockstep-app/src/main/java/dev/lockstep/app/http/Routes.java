package dev.lockstep.app.http;

import static dev.lockstep.app.http.Route.get;
import static dev.lockstep.app.http.Route.post;
import static dev.lockstep.app.http.Tokens.Role.ADMIN;
import static dev.lockstep.app.http.Tokens.Role.OPERATOR;
import static dev.lockstep.app.http.Tokens.Role.VIEWER;

import dev.lockstep.engine.Engine;
import dev.lockstep.engine.Engine.SyncRequest;
import dev.lockstep.engine.EngineException;
import dev.lockstep.engine.Progress;
import dev.lockstep.engine.view.CustomerView;
import dev.lockstep.engine.view.PlatformView;
import dev.lockstep.engine.view.StatusView;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All that can be asked of the server. */
final class Routes {
    private static final int HISTORY = 50;
    private static final int EXPORTED_HISTORY = 100_000;

    private final Engine engine;
    private final PrometheusMeterRegistry meters;
    private final Changes changes;

    Routes(Engine engine, PrometheusMeterRegistry meters, Changes changes) {
        this.engine = engine;
        this.meters = meters;
        this.changes = changes;
    }

    List<Route> all() {
        List<Route> all = new ArrayList<>(questions());
        all.addAll(customers());
        all.addAll(platforms());
        all.addAll(work());
        all.addAll(failed());
        all.addAll(approvals());
        all.addAll(review());
        return List.copyOf(all);
    }

    private List<Route> questions() {
        return List.of(
                get("/v1/status", VIEWER, "How things stand.", List.of(), (request, response) -> engine.status()),
                get(
                        "/v1/changes",
                        VIEWER,
                        "Server-sent events: every change as it spreads.",
                        List.of(),
                        (request, response) -> changes.send(response)),
                get(
                        "/health/live",
                        null,
                        "The process works; 503 when only starting it again helps.",
                        List.of(),
                        (request, response) -> live(response)),
                get(
                        "/health/ready",
                        null,
                        "Every platform has been read once, and changes spread; else 503.",
                        List.of(),
                        (request, response) -> ready(response)),
                get("/metrics", null, "Figures for Prometheus; no personal data.", List.of(), (request, response) -> {
                    response.header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
                    response.send(meters.scrape());
                    return null;
                }));
    }

    private Map<String, String> ready(ServerResponse response) {
        StatusView status;
        try {
            status = engine.status();
        } catch (EngineException e) {
            return unavailable(response, "failed", String.valueOf(e.getMessage()));
        }
        String halted = status.halted();
        if (halted != null) return unavailable(response, "halted", halted);
        return status.ready() ? Map.of("status", "ready") : unavailable(response, "reading", "");
    }

    private Map<String, String> live(ServerResponse response) {
        try {
            engine.status();
            return Map.of("status", "up");
        } catch (EngineException e) {
            return unavailable(response, "failed", String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, String> unavailable(ServerResponse response, String status, String reason) {
        response.status(Status.SERVICE_UNAVAILABLE_503);
        return Map.of("status", status, "reason", reason);
    }

    private List<Route> customers() {
        return List.of(
                get(
                        "/v1/customers",
                        VIEWER,
                        "Customers, paged: `q` is part of an identifier's value.",
                        List.of("q", "platform", "state", "limit", "after"),
                        (request, response) -> {
                            Asked asked = new Asked(request);
                            return engine.customers(
                                    asked.query("q"),
                                    asked.query("platform"),
                                    asked.query("state"),
                                    Math.max(1, asked.count("limit", 50, 1000)),
                                    asked.query("after"));
                        }),
                get(
                        "/v1/customers/by/{field}/{+value}",
                        VIEWER,
                        "The customer that claims this value of a field.",
                        List.of("history"),
                        (request, response) -> {
                            Asked asked = new Asked(request);
                            return found(engine.customerBy(
                                    asked.path("field"), asked.path("value"), asked.count("history", HISTORY, 1000)));
                        }),
                get("/v1/customers/{id}", VIEWER, "One customer.", List.of("history"), (request, response) -> {
                    Asked asked = new Asked(request);
                    return found(engine.customer(asked.path("id"), asked.count("history", HISTORY, 1000)));
                }),
                get(
                        "/v1/customers/{id}/export",
                        OPERATOR,
                        "All that is known of a customer.",
                        List.of(),
                        (request, response) -> found(engine.customer(new Asked(request).path("id"), EXPORTED_HISTORY))),
                post(
                        "/v1/customers/{id}/merge",
                        OPERATOR,
                        "A person's word that two customers are one.",
                        List.of("other"),
                        (request, response) -> {
                            Asked asked = new Asked(request);
                            return engine.merge(asked.path("id"), asked.required("other"));
                        }),
                post(
                        "/v1/customers/{id}/split",
                        OPERATOR,
                        "A person's word that a record is not of this customer.",
                        List.of("record"),
                        (request, response) -> {
                            Asked asked = new Asked(request);
                            return engine.split(asked.path("id"), asked.required("record"));
                        }));
    }

    private static CustomerView found(@Nullable CustomerView customer) {
        if (customer == null) throw Problem.notFound("There is no such customer.");
        return customer;
    }

    private List<Route> platforms() {
        return List.of(
                get(
                        "/v1/platforms",
                        VIEWER,
                        "Every platform as it stands.",
                        List.of(),
                        (request, response) -> engine.status().platforms()),
                get(
                        "/v1/platforms/{name}",
                        VIEWER,
                        "One platform as it stands.",
                        List.of(),
                        (request, response) -> platform(new Asked(request).path("name"))),
                order("/v1/platforms/{name}/pause", "No more writes there until resumed.", engine::pause),
                order("/v1/platforms/{name}/resume", "Writes there go on.", engine::resume),
                order("/v1/platforms/{name}/resync", "Reads it again in full.", engine::resync),
                post("/v1/pause", OPERATOR, "No more writes anywhere.", List.of(), (request, response) -> {
                    engine.pause(null);
                    return engine.status();
                }),
                post("/v1/resume", OPERATOR, "Writes go on everywhere.", List.of(), (request, response) -> {
                    engine.resume(null);
                    return engine.status();
                }));
    }

    private Route order(String path, String summary, Consumer<String> order) {
        return post(path, OPERATOR, summary, List.of(), (request, response) -> {
            String name = platform(new Asked(request).path("name")).name();
            order.accept(name);
            return platform(name);
        });
    }

    private PlatformView platform(String name) {
        return engine.status().platforms().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("There is no platform `" + name + "`."));
    }

    private List<Route> work() {
        return List.of(
                get(
                        "/v1/plan",
                        VIEWER,
                        "Reads every platform and tells every write that would be made; makes none.",
                        List.of("without", "customer", "limit"),
                        (request, response) -> {
                            Asked asked = new Asked(request);
                            Set<String> without = Set.copyOf(request.query().all("without", List::of));
                            SyncRequest what =
                                    new SyncRequest(without, asked.query("customer"), asked.count("limit", 0, 1 << 30));
                            PlanAnswer.send(engine, what, response);
                            return null;
                        }),
                post(
                        "/v1/sync",
                        ADMIN,
                        "Waits until all that was seen by now has spread.",
                        List.of("without", "customer", "limit"),
                        (request, response) -> {
                            Asked asked = new Asked(request);
                            Set<String> without = Set.copyOf(asked.texts("without"));
                            return engine.sync(
                                    new SyncRequest(without, asked.text("customer"), asked.number("limit")),
                                    Progress.NONE);
                        }),
                post(
                        "/v1/verify",
                        OPERATOR,
                        "Reads every platform again in full, and compares.",
                        List.of("repair"),
                        (request, response) -> engine.verify(new Asked(request).flag("repair"), Progress.NONE)));
    }

    private List<Route> approvals() {
        return List.of(
                get(
                        "/v1/approvals",
                        VIEWER,
                        "Changes that the guard has stopped, and why.",
                        List.of(),
                        (request, response) -> engine.approvals()),
                post(
                        "/v1/approvals/{id}",
                        OPERATOR,
                        "Lets one of them go; with `reject`, takes its edits back and answers what it was.",
                        List.of("reject"),
                        (request, response) -> {
                            Asked asked = new Asked(request);
                            String id = asked.path("id");
                            if (asked.flag("reject")) return engine.reject(id);
                            engine.approve(id);
                            return Map.of("approved", id);
                        }));
    }

    private List<Route> review() {
        return List.of(
                post(
                        "/v1/backup",
                        ADMIN,
                        "Copies the data folder into one file on this machine, while working.",
                        List.of("file"),
                        (request, response) -> engine.backup(Path.of(new Asked(request).required("file")))),
                get(
                        "/v1/review",
                        VIEWER,
                        "What waits for a person's answer: values that their platforms keep changing back.",
                        List.of("limit"),
                        (request, response) -> engine.reviews(new Asked(request).count("limit", 100, 10_000))),
                post(
                        "/v1/review/{id}",
                        OPERATOR,
                        "Answers: `ours`, what we wrote is written again; `theirs`, what the platform holds is meant.",
                        List.of("answer"),
                        (request, response) -> {
                            Asked asked = new Asked(request);
                            String answer = asked.required("answer");
                            boolean ours = answer.equals("ours");
                            if (!ours && !answer.equals("theirs")) {
                                throw new EngineException("`" + answer + "` is no answer.", "Say `ours` or `theirs`.");
                            }
                            engine.answer(asked.path("id"), ours);
                            return Map.of("answered", asked.path("id"));
                        }));
    }

    private List<Route> failed() {
        return List.of(
                get(
                        "/v1/failed",
                        VIEWER,
                        "Writes that were refused, and why.",
                        List.of("platform", "limit"),
                        (request, response) -> {
                            Asked asked = new Asked(request);
                            return engine.failed(asked.query("platform"), asked.count("limit", 100, 10_000));
                        }),
                post(
                        "/v1/failed/retry",
                        OPERATOR,
                        "Tries refused writes again.",
                        List.of("ids", "platform"),
                        (request, response) -> {
                            Asked asked = new Asked(request);
                            return Map.of("retried", engine.retryFailed(asked.texts("ids"), asked.text("platform")));
                        }),
                post(
                        "/v1/failed/drop",
                        OPERATOR,
                        "Forgets refused writes until the plan changes.",
                        List.of("ids", "platform"),
                        (request, response) -> {
                            Asked asked = new Asked(request);
                            return Map.of("dropped", engine.dropFailed(asked.texts("ids"), asked.text("platform")));
                        }));
    }
}
