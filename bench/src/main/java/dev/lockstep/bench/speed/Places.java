package dev.lockstep.bench.speed;

import dev.lockstep.bench.CustomersWorkspace;
import dev.lockstep.bench.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The servers, and on each the database {@code speed} with the table, made anew for each pipeline and round. */
final class Places implements AutoCloseable {

    static final String DATABASE = "speed";

    private final List<Server> servers = new ArrayList<>();
    private final Workload work;
    private Shape shape = ONE_WAY;

    static final Shape ONE_WAY = new Shape(2, 1);
    static final Shape TWO_WAY = new Shape(2, 2);
    static final Shape THREE_WAY = new Shape(3, 2);

    /** Customers are on so many {@code places}, and are edited on the first {@code sources} of them. */
    record Shape(int places, int sources) {
        /** Whether who is who has to be found out: else the key is carried over. */
        boolean identity() {
            return sources > 1;
        }
    }

    Places(Path folder, Workload work) throws IOException, SQLException {
        this.work = work;
        for (int place = 0; place < 3; place++) {
            servers.add(Server.start(
                    folder.resolve("postgres" + place),
                    Map.of("shared_buffers", "512MB", "max_wal_size", "4GB", "timezone", "UTC")));
        }
        populate();
    }

    private void populate() throws SQLException {
        for (int place = 0; place < 3; place++) {
            for (boolean people : new boolean[] {false, true}) {
                var server = servers.get(place);
                var database = template(people);
                server.create(database);
                server.execute(database, CustomersWorkspace.TABLE);
                server.execute(database, Customers.CHURN);
                if (people) {
                    server.execute(database, CustomersWorkspace.INDEXES);
                }
                if (place == 0) {
                    int sources = people ? 2 : 1;
                    server.execute(database, Customers.fill(work.rows(), people ? work.changes() / 100 + 1 : 0));
                    server.execute(database, Customers.markers(sources));
                    server.execute(database, "select setval('customers_id_seq', 1000000000)");
                    server.execute(database, "vacuum freeze analyze customers");
                }
            }
        }
    }

    private static String template(boolean people) {
        return people ? "people" : "rows";
    }

    /** Empty tables, and a full first one. */
    void reset(Shape wanted) throws SQLException {
        shape = wanted;
        for (var server : servers) {
            server.execute(
                    "postgres",
                    "select pg_drop_replication_slot(slot_name) from pg_replication_slots where database = '" + DATABASE
                            + "'");
            server.execute("postgres", "drop database if exists " + DATABASE + " with (force)");
            server.execute(
                    "postgres",
                    "create database " + DATABASE + " template " + template(shape.identity()) + " strategy file_copy");
            server.execute("postgres", "checkpoint");
        }
    }

    Shape shape() {
        return shape;
    }

    List<ProcessHandle> processes() throws IOException {
        var all = new ArrayList<ProcessHandle>();
        for (var server : servers) {
            all.add(server.process());
        }
        return all;
    }

    Server server(int place) {
        return servers.get(place);
    }

    Connection connect(int place) throws SQLException {
        var connection = servers.get(place).connect(DATABASE);
        try (var statement = connection.createStatement()) {
            statement.execute("set jit = off");
        }
        return connection;
    }

    String ask(int place, String sql) throws SQLException {
        return servers.get(place).ask(DATABASE, sql);
    }

    void execute(int place, String sql) throws SQLException {
        servers.get(place).execute(DATABASE, sql);
    }

    /** Finds a row on any place: its key is the same everywhere, or it is known by its address. */
    String where(int source, boolean last) {
        return shape.identity()
                ? "lower(email) = '" + Customers.address(source, last) + "'"
                : "id = " + (last ? Customers.LAST + source : Customers.FIRST - source);
    }

    /** Makes the changes on the sources, a part on each, between two markers that hold {@code tag}. */
    void churn(String tag) throws SQLException {
        for (int source = 0; source < shape.sources(); source++) {
            int from = (int) ((long) work.changes() * source / shape.sources()) + 1;
            int to = (int) ((long) work.changes() * (source + 1) / shape.sources());
            boolean byKey = source == 0;
            try (var connection = connect(source);
                    var statement = connection.createStatement()) {
                mark(connection, source, false, tag);
                // Making them is not what is measured.
                statement.execute("set synchronous_commit = off");
                statement.execute("call churn(%d, %d, %d, %s, %s)"
                        .formatted(from, to, work.rows(), byKey, byKey && shape.identity()));
                statement.execute("set synchronous_commit = on");
                mark(connection, source, true, tag);
            }
        }
    }

    private void mark(Connection connection, int source, boolean last, String tag) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("update customers set notes = '" + tag + "' where " + where(source, last));
        }
    }

    /** Rows written on all places since they were made, as the servers count them. */
    long written() throws SQLException {
        long sum = 0;
        for (int place = 0; place < shape.places(); place++) {
            sum += Long.parseLong(ask(
                    place,
                    "select n_tup_ins + n_tup_upd + n_tup_del from pg_stat_user_tables where relname = 'customers'"));
        }
        return sum;
    }

    /** Of each place. */
    List<String> checksums() throws SQLException {
        var sums = new ArrayList<String>();
        for (int place = 0; place < shape.places(); place++) {
            sums.add(ask(place, Customers.checksum(shape.identity())));
        }
        return sums;
    }

    @Override
    public void close() throws IOException {
        for (var server : servers) {
            server.close();
        }
    }
}
