package dev.lockstep.connectors.postgres;

import dev.lockstep.spi.PlatformException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is and who we are there, from a libpq or a JDBC URL:
 * {@code postgresql://user:secret@host:5432/db?sslmode=require},
 * {@code jdbc:postgresql://host/db?user=…&password=…}.
 *
 * @param hosts {@code host:port}, several with commas
 * @param parameters of the driver, those of the allow-list only
 */
record DatabaseUrl(String hosts, String database, String user, String password, Map<String, String> parameters) {

    /**
     * Parameters that may be given, with the driver's name for each. No other goes through: some drivers' parameters
     * load classes or write files.
     */
    private static final Map<String, String> ALLOWED = Map.ofEntries(
            Map.entry("sslmode", "sslmode"),
            Map.entry("ssl", "ssl"),
            Map.entry("sslrootcert", "sslrootcert"),
            Map.entry("sslcert", "sslcert"),
            Map.entry("sslkey", "sslkey"),
            Map.entry("sslpassword", "sslpassword"),
            Map.entry("sslnegotiation", "sslNegotiation"),
            Map.entry("channel_binding", "channelBinding"),
            Map.entry("channelbinding", "channelBinding"),
            Map.entry("connect_timeout", "connectTimeout"),
            Map.entry("connecttimeout", "connectTimeout"),
            Map.entry("logintimeout", "loginTimeout"),
            Map.entry("target_session_attrs", "targetServerType"),
            Map.entry("targetservertype", "targetServerType"),
            Map.entry("gssencmode", "gssEncMode"),
            Map.entry("tcpkeepalive", "tcpKeepAlive"));

    /** Given by tools and harmless to leave out: Lockstep sets these itself. */
    private static final java.util.Set<String> IGNORED =
            java.util.Set.of("application_name", "applicationname", "schema", "currentschema", "client_encoding");

    private static final Map<String, String> SERVER_TYPES = Map.of(
            "any", "any",
            "read-write", "primary",
            "primary", "primary",
            "read-only", "secondary",
            "standby", "secondary",
            "prefer-standby", "preferSecondary");

    static DatabaseUrl parse(String platform, @Nullable String given) {
        if (given == null || given.isBlank()) {
            throw wrong(platform, "has no `url`");
        }
        String url = given.strip();
        if (url.startsWith("jdbc:")) url = url.substring("jdbc:".length());
        if (!url.startsWith("postgresql://") && !url.startsWith("postgres://")) {
            throw wrong(platform, "has a `url` that does not begin with postgresql://");
        }
        String rest = url.substring(url.indexOf("://") + 3);
        Map<String, String> query = new TreeMap<>();
        int question = rest.indexOf('?');
        if (question >= 0) {
            readQuery(platform, rest.substring(question + 1), query);
            rest = rest.substring(0, question);
        }
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        String database = slash < 0 ? "" : decoded(platform, rest.substring(slash + 1));
        int at = authority.lastIndexOf('@');
        String who = at < 0 ? "" : authority.substring(0, at);
        String hosts = authority.substring(at + 1);
        int colon = who.indexOf(':');
        String user = colon < 0 ? who : who.substring(0, colon);
        String password = colon < 0 ? "" : who.substring(colon + 1);
        return complete(platform, hosts, database, decoded(platform, user), decoded(platform, password), query);
    }

    private static DatabaseUrl complete(
            String platform, String hosts, String database, String user, String password, Map<String, String> query) {
        String name = taken(query, "user", user);
        String secret = taken(query, "password", password);
        String base = taken(query, "dbname", database.isEmpty() ? name : database);
        String host = taken(query, "host", hosts);
        String port = taken(query, "port", "");
        if (!port.isEmpty() && !host.contains(":")) host = host + ":" + port;
        if (host.isEmpty()) host = "localhost";
        if (host.startsWith("/")) {
            throw wrong(platform, "names a socket folder as its host: give a host name or an address");
        }
        if (name.isEmpty()) throw wrong(platform, "has a `url` without a user");
        return new DatabaseUrl(host, base, name, secret, allowed(platform, query));
    }

    private static Map<String, String> allowed(String platform, Map<String, String> query) {
        Map<String, String> parameters = new TreeMap<>();
        query.forEach((name, value) -> {
            String key = name.toLowerCase(Locale.ROOT);
            if (IGNORED.contains(key)) return;
            String driver = ALLOWED.get(key);
            if (driver == null) {
                throw wrong(
                        platform,
                        "has the parameter `" + name + "` in its `url`, which is not among those"
                                + " that Lockstep passes on (" + String.join(", ", new TreeMap<>(ALLOWED).keySet())
                                + ")");
            }
            parameters.put(driver, driver.equals("targetServerType") ? SERVER_TYPES.getOrDefault(value, value) : value);
        });
        return parameters;
    }

    /** For the driver; also fixes whatever changes the text of a value, so that all our sessions read alike. */
    Properties properties(String applicationName) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", applicationName);
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("logUnclosedConnections", "false");
        parameters.forEach(properties::setProperty);
        return properties;
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + hosts + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    /** For people: without the password. */
    @Override
    public String toString() {
        return "postgresql://" + user + "@" + hosts + "/" + database;
    }

    private static void readQuery(String platform, String query, Map<String, String> into) {
        for (String pair : query.split("&")) {
            if (pair.isEmpty()) continue;
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            into.put(decoded(platform, name), equals < 0 ? "" : decoded(platform, pair.substring(equals + 1)));
        }
    }

    private static String taken(Map<String, String> query, String name, String otherwise) {
        String given = query.remove(name);
        return given == null || given.isEmpty() ? otherwise : given;
    }

    private static String decoded(String platform, String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw wrong(platform, "has a `%` in its `url` that is not followed by two hex digits; write it as %25");
        }
    }

    private static PlatformException wrong(String platform, String what) {
        return new PlatformException(
                "Platform `" + platform + "` " + what + ".",
                "url: postgresql://USER:PASSWORD@HOST:5432/DATABASE",
                true,
                null);
    }
}
