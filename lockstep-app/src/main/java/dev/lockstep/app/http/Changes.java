package dev.lockstep.app.http;

import dev.lockstep.app.json.Json;
import dev.lockstep.engine.Engine;
import dev.lockstep.engine.view.ChangeEvent;
import io.helidon.http.Status;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.sse.SseSink;
import java.io.UncheckedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Changes as server-sent events. A reader that is slow loses the oldest; the server is never held up. */
final class Changes implements AutoCloseable {
    private static final int READERS_MOST = 100;
    private static final int QUEUE_MOST = 1000;
    private static final long HEARTBEAT_SECONDS = 5;

    private final Engine engine;
    private final Semaphore readers = new Semaphore(READERS_MOST);
    private volatile boolean closed;

    Changes(Engine engine) {
        this.engine = engine;
    }

    /** Sends until the reader or the server goes; answers null. */
    @Nullable
    Object send(ServerResponse response) throws InterruptedException {
        if (!readers.tryAcquire()) {
            throw new Problem(Status.SERVICE_UNAVAILABLE_503, READERS_MOST + " readers follow already.", "");
        }
        BlockingQueue<ChangeEvent> queue = new ArrayBlockingQueue<>(QUEUE_MOST);
        try (Engine.Following following = engine.follow(event -> offer(queue, event));
                SseSink sink = response.sink(SseSink.TYPE)) {
            sink.emit(SseEvent.builder().comment("connected").build());
            while (!closed) emit(sink, queue.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS));
        } catch (UncheckedIOException | IllegalStateException e) {
            // The reader has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            readers.release();
        }
        return null;
    }

    private static void offer(BlockingQueue<ChangeEvent> queue, ChangeEvent event) {
        while (!queue.offer(event)) queue.poll();
    }

    private static void emit(SseSink sink, @Nullable ChangeEvent event) {
        sink.emit(
                event == null
                        ? SseEvent.builder().comment("still here").build()
                        : SseEvent.builder()
                                .id(Long.toString(event.sequence()))
                                .name("change")
                                .data(Json.write(event))
                                .build());
    }

    @Override
    public void close() {
        closed = true;
    }
}
