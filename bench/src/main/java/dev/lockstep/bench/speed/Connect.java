package dev.lockstep.bench.speed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Debezium reads the first table, a Kafka broker keeps what it read, and Debezium's JDBC sink writes the second: both
 * in one worker of Kafka Connect, with larger batches than they come with.
 *
 * <p>The broker is there before the clock starts, and goes on while the worker is stopped.
 */
final class Connect implements Pipeline {

    private static final String VERSIONS = "Debezium 3.6, Kafka 4.3, Debezium's JDBC sink 3.3";

    private final Places places;
    private final Path jars;
    private final Path folder;
    private final int broker;
    private @Nullable Process kafka;
    private @Nullable Process worker;

    /** @param home the checkout */
    Connect(Places places, Path home, Path folder) throws IOException {
        this.places = places;
        this.jars = home.resolve("bench/connect");
        this.folder = folder;
        this.broker = freePort();
    }

    /** Fetches what is not there yet, so that no run is charged for it. */
    static void fetch(Path home) throws IOException, InterruptedException {
        var pom = home.resolve("bench/connect/pom.xml").toString();
        if (!Files.isDirectory(home.resolve("bench/connect/sink/target/lib"))) {
            int exit = new ProcessBuilder(home.resolve("mvnw").toString(), "-q", "-B", "-f", pom, "package")
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IOException("Kafka Connect could not be fetched: mvnw ended with " + exit);
            }
        }
    }

    @Override
    public String name() {
        return "connect";
    }

    @Override
    public String what() {
        return "Kafka Connect, tuned (" + VERSIONS + "), one way";
    }

    @Override
    public Places.Shape shape() {
        return Places.ONE_WAY;
    }

    @Override
    public void prepare() throws Exception {
        places.execute(0, "create publication speed for table customers");
        Files.createDirectories(folder.resolve("plugins"));
        for (var plugin : List.of("source", "sink")) {
            Files.createSymbolicLink(
                    folder.resolve("plugins").resolve(plugin),
                    jars.resolve(plugin).resolve("target/lib"));
        }
        Files.writeString(folder.resolve("kafka.properties"), kafkaProperties(freePort()));
        Files.writeString(folder.resolve("worker.properties"), workerProperties(freePort()));
        Files.writeString(folder.resolve("source.properties"), sourceProperties());
        Files.writeString(folder.resolve("sink.properties"), sinkProperties());
        var config = folder.resolve("kafka.properties").toString();
        var format = java(
                "format", "128m", "kafka.tools.StorageTool", "format", "-t", "lockstepbenchAAAAAAAAA", "-c", config);
        if (format.waitFor() != 0) {
            throw new IOException("the broker's storage is not made: " + said("format"));
        }
        kafka = java("kafka", "1g", "kafka.Kafka", config);
        awaitBroker();
    }

    private void awaitBroker() throws Exception {
        for (int i = 0; i < 600; i++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), broker)) {
                return;
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        throw new IOException("the broker does not start: " + said("kafka"));
    }

    private String kafkaProperties(int controller) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                log.dirs=%3$s
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=4
                group.initial.rebalance.delay.ms=0
                num.partitions=1
                """.formatted(broker, controller, folder.resolve("log"));
    }

    private String workerProperties(int rest) {
        return """
                bootstrap.servers=127.0.0.1:%d
                listeners=http://127.0.0.1:%d
                key.converter=org.apache.kafka.connect.json.JsonConverter
                value.converter=org.apache.kafka.connect.json.JsonConverter
                key.converter.schemas.enable=true
                value.converter.schemas.enable=true
                connector.client.config.override.policy=All
                offset.storage.file.filename=%s
                offset.flush.interval.ms=1000
                plugin.path=%s
                plugin.discovery=service_load
                """.formatted(broker, rest, folder.resolve("offsets"), folder.resolve("plugins"));
    }

    private String sourceProperties() {
        return """
                name=source
                connector.class=io.debezium.connector.postgresql.PostgresConnector
                database.hostname=127.0.0.1
                database.port=%d
                database.user=postgres
                database.password=
                database.dbname=%s
                topic.prefix=speed
                table.include.list=public.customers
                plugin.name=pgoutput
                slot.name=connect
                publication.name=speed
                publication.autocreate.mode=disabled
                max.batch.size=8192
                max.queue.size=32768
                snapshot.fetch.size=10000
                poll.interval.ms=50
                producer.override.linger.ms=5
                producer.override.batch.size=262144
                producer.override.compression.type=lz4
                """.formatted(places.server(0).port(), Places.DATABASE);
    }

    private String sinkProperties() {
        return """
                name=sink
                connector.class=io.debezium.connector.jdbc.JdbcSinkConnector
                topics=speed.public.customers
                connection.url=jdbc:postgresql://127.0.0.1:%d/%s?reWriteBatchedInserts=true
                connection.username=postgres
                connection.password=
                insert.mode=upsert
                delete.enabled=true
                primary.key.mode=record_key
                schema.evolution=none
                collection.name.format=customers
                batch.size=2000
                use.reduction.buffer=true
                consumer.override.max.poll.records=4000
                consumer.override.fetch.max.bytes=16000000
                consumer.override.max.partition.fetch.bytes=16000000
                """.formatted(places.server(1).port(), Places.DATABASE);
    }

    @Override
    public void start() throws Exception {
        worker = java(
                "worker",
                "2g",
                "org.apache.kafka.connect.cli.ConnectStandalone",
                folder.resolve("worker.properties").toString(),
                folder.resolve("source.properties").toString(),
                folder.resolve("sink.properties").toString());
    }

    private Process java(String log, String memory, String... words) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + memory);
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        command.add("-cp");
        command.add(jars.resolve("runtime/target/lib") + "/*");
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log + ".log").toFile())
                .start();
    }

    @Override
    public void stop() throws Exception {
        end(worker);
        worker = null;
    }

    private static void end(@Nullable Process process) throws InterruptedException {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    /** The worker, and the broker with it. */
    @Override
    public List<ProcessHandle> processes() {
        var alive = new ArrayList<ProcessHandle>();
        for (var process : new @Nullable Process[] {worker, kafka}) {
            if (process != null && process.isAlive()) {
                alive.add(process.toHandle());
            }
        }
        return alive;
    }

    @Override
    public String said() throws IOException {
        return said("worker");
    }

    private String said(String log) throws IOException {
        var file = folder.resolve(log + ".log");
        var text = Files.exists(file) ? Files.readString(file).strip() : "";
        return text.substring(Math.max(0, text.length() - 500));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws Exception {
        end(worker);
        end(kafka);
    }
}
