package dev.lockstep.bench.shapes;

import dev.lockstep.bench.Server;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The three databases: their schemas, and how each writes down what a row says. */
final class Tables {

    static final int BILLING = 0;
    static final int SUPPORT = 1;
    static final int CLUB = 2;
    static final List<String> PLATFORMS = List.of("billing", "support", "club");

    private static final Map<String, String> COUNTRIES = new TreeMap<>(
            Map.of("US", "United States", "DE", "Germany", "FR", "France", "GB", "United Kingdom", "CA", "Canada"));

    static final List<String> SCHEMAS = List.of("""
            create schema "Billing Dept";
            create sequence "Billing Dept".account_numbers start 10000000;
            create table "Billing Dept"."Client Accounts" (
                "Region" text not null default 'new',
                "Account No" bigint not null default nextval('"Billing Dept".account_numbers'),
                "Member" text, "E-Mail" text, "Tel." text, "Given Name" text, "Family Name" text, "DoB" text,
                "Country" text, "Points" numeric, "Mail OK" text check ("Mail OK" in ('yes', 'no')), "Tier" text,
                "Labels" text, "Balance" numeric not null default 0, changed timestamptz not null default now(),
                primary key ("Region", "Account No"))
            """, """
            create table people (
                id uuid primary key default gen_random_uuid(),
                member text, mail varchar(200), person jsonb not null default '{}', country varchar(2), points text,
                mail_ok boolean, tier text, labels text[], opened integer not null default 0)
            """, """
            create schema club;
            create sequence club.codes start 5000000;
            create table club.members (
                code text primary key default 'C' || nextval('club.codes'),
                member text, email text, phone text, name1 text, name2 text, birth date, land text, points numeric,
                ok smallint not null default -1, tier text, tags jsonb, last_change timestamptz not null default now())
            """);

    private static final List<String> TABLES =
            List.of("\"Billing Dept\".\"Client Accounts\"", "people", "club.members");

    private static final List<String> KEYS = List.of("\"Region\" || '|' || \"Account No\"", "id::text", "code");

    /** By field, in the model's order. */
    private static final List<List<String>> CELLS = List.of(
            List.of(
                    "\"Member\"",
                    "\"E-Mail\"",
                    "\"Tel.\"",
                    "\"Given Name\"",
                    "\"Family Name\"",
                    "\"DoB\"",
                    "\"Country\"",
                    "\"Points\"::text",
                    "\"Mail OK\"",
                    "\"Tier\"",
                    "\"Labels\""),
            List.of(
                    "member",
                    "mail",
                    "person->>'tel'",
                    "person->'name'->>'given'",
                    "person->'name'->>'family'",
                    "person->>'born'",
                    "country",
                    "points",
                    "mail_ok::text",
                    "tier",
                    "array_to_string(labels, ',')"),
            List.of(
                    "member",
                    "email",
                    "phone",
                    "name1",
                    "name2",
                    "birth::text",
                    "land",
                    "points::text",
                    "ok::text",
                    "tier",
                    "(select string_agg(x, ',') from jsonb_array_elements_text(tags) x)"));

    /** How a CSV of (key, modified, cells in the model's order) becomes rows. */
    private static final List<String> FILLS = List.of("""
            insert into "Billing Dept"."Client Accounts" ("Region", "Account No", "Member", "E-Mail", "Tel.",
                "Given Name", "Family Name", "DoB", "Country", "Points", "Mail OK", "Tier", "Labels", changed)
            select split_part(key, '|', 1), split_part(key, '|', 2)::bigint, c0, c1, c2, c3, c4, c5, c6, c7::numeric,
                c8, c9, c10, to_timestamp(0) + modified * interval '1 microsecond' from raw
            """, """
            insert into people (id, member, mail, person, country, points, mail_ok, tier, labels)
            select key::uuid, c0, c1, jsonb_strip_nulls(jsonb_build_object('tel', c2, 'born', c5, 'name',
                jsonb_build_object('given', c3, 'family', c4), 'locale', 'en')), c6, c7, c8::boolean, c9,
                string_to_array(c10, ',') from raw
            """, """
            insert into club.members (code, member, email, phone, name1, name2, birth, land, points, ok, tier, tags,
                last_change)
            select key, c0, c1, c2, c3, c4, c5::date, c6, c7::numeric, c8::smallint, c9,
                to_jsonb(string_to_array(c10, ',')), to_timestamp(0) + modified * interval '1 microsecond' from raw
            """);

    private Tables() {}

    static String workspace(List<String> urls) {
        var countries = new StringBuilder();
        COUNTRIES.forEach((code, name) -> countries
                .append(countries.isEmpty() ? "" : ", ")
                .append(name)
                .append(": ")
                .append(code));
        return """
                customer:
                  member_no:  { type: text, identifies: true }
                  email:      { type: email, identifies: true }
                  phone:      { type: phone, identifies: true, region: US }
                  first_name: { type: name }
                  last_name:  { type: name }
                  born:       { type: date }
                  country:    { type: country }
                  points:     { type: number }
                  mail_ok:    { type: consent }
                  tier:       { type: text, keep: [club, billing] }
                  labels:     { type: set }
                identity:
                  never_join_if_different: [born]
                guard: off
                platforms:
                  billing:
                    type: postgres
                    url: %s
                    table: '"Billing Dept"."Client Accounts"'
                    key: [Region, Account No]
                    modified: changed
                    columns:
                      Member: member_no
                      E-Mail: email
                      Tel\\.: { field: phone, format: national }
                      Given Name: first_name
                      Family Name: last_name
                      DoB: { field: born, format: MM/dd/yyyy }
                      Country: { field: country, values: { %s } }
                      Points: points
                      Mail OK: { field: mail_ok, values: { yes: granted, no: withdrawn } }
                      Tier: tier
                      Labels: { field: labels, separator: "," }
                  support:
                    type: postgres
                    url: %s
                    table: people
                    key: id
                    columns:
                      member: member_no
                      mail: email
                      person.tel: { field: phone, format: international }
                      person.name.given: first_name
                      person.name.family: last_name
                      person.born: born
                      country: country
                      points: points
                      mail_ok: mail_ok
                      tier: tier
                      labels: labels
                  club:
                    type: postgres
                    url: %s
                    table: club.members
                    key: code
                    modified: last_change
                    columns:
                      member: member_no
                      email: email
                      phone: phone
                      name1: first_name
                      name2: last_name
                      birth: born
                      land: country
                      points: points
                      ok: { field: mail_ok, values: { 1: granted, 0: withdrawn, -1: unset } }
                      tier: tier
                      tags: labels
                """.formatted(urls.get(BILLING), countries, urls.get(SUPPORT), urls.get(CLUB));
    }

    /** What {@code said} is in this database's own form. */
    static @Nullable String cell(int platform, Field field, @Nullable String said) {
        if (said == null) {
            return platform == CLUB && field == Field.CONSENT ? "-1" : null;
        }
        return switch (field) {
            case PHONE -> phone(platform, said);
            case BORN ->
                platform == BILLING
                        ? said.substring(5, 7) + "/" + said.substring(8) + "/" + said.substring(0, 4)
                        : said;
            case COUNTRY -> platform == BILLING ? COUNTRIES.getOrDefault(said, said) : said;
            case CONSENT -> consent(platform, said);
            default -> said;
        };
    }

    /** {@code +12125550123 -> (212) 555-0123, +1 212-555-0123, +12125550123}. */
    private static String phone(int platform, String said) {
        var area = said.substring(2, 5);
        var exchange = said.substring(5, 8);
        var line = said.substring(8);
        return switch (platform) {
            case BILLING -> "(" + area + ") " + exchange + "-" + line;
            case SUPPORT -> "+1 " + area + "-" + exchange + "-" + line;
            default -> said;
        };
    }

    private static String consent(int platform, String said) {
        boolean granted = said.equals("granted");
        return switch (platform) {
            case BILLING -> granted ? "yes" : "no";
            case SUPPORT -> granted ? "true" : "false";
            default -> granted ? "1" : "0";
        };
    }

    /** What a cell says; null for blank. */
    static @Nullable String said(int platform, Field field, @Nullable String cell) {
        if (cell == null || cell.isBlank()) {
            return null;
        }
        return switch (field) {
            case PHONE -> platform == BILLING ? "+1" + cell.replaceAll("\\D", "") : "+" + cell.replaceAll("\\D", "");
            case BORN ->
                platform == BILLING
                        ? cell.substring(6) + "-" + cell.substring(0, 2) + "-" + cell.substring(3, 5)
                        : cell;
            case COUNTRY -> {
                for (var country : COUNTRIES.entrySet()) {
                    if (country.getValue().equals(cell)) {
                        yield country.getKey();
                    }
                }
                yield cell;
            }
            case CONSENT ->
                switch (cell) {
                    case "yes", "true", "t", "1" -> "granted";
                    case "-1" -> null;
                    default -> "withdrawn";
                };
            default -> cell;
        };
    }

    static void fill(Server server, int platform, List<Row> rows) throws Exception {
        try (var connection = server.connect("db" + platform)) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute(SCHEMAS.get(platform));
                statement.execute(
                        "create temp table raw (key text, modified bigint, c0 text, c1 text, c2 text, c3 text,"
                                + " c4 text, c5 text, c6 text, c7 text, c8 text, c9 text, c10 text)");
            }
            var copy = connection
                    .unwrap(org.postgresql.PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy raw from stdin csv");
            var csv = new StringBuilder();
            for (var row : rows) {
                csv.append('"')
                        .append(row.key.replace("\"", "\"\""))
                        .append("\",")
                        .append(row.modifiedMicros == null ? "" : row.modifiedMicros);
                for (var cell : row.cell) {
                    csv.append(',');
                    if (cell != null) {
                        csv.append('"').append(cell.replace("\"", "\"\"")).append('"');
                    }
                }
                csv.append('\n');
                if (csv.length() > 100_000) {
                    var bytes = csv.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
                    copy.writeToCopy(bytes, 0, bytes.length);
                    csv.setLength(0);
                }
            }
            var bytes = csv.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            copy.writeToCopy(bytes, 0, bytes.length);
            copy.endCopy();
            try (var statement = connection.createStatement()) {
                statement.execute(FILLS.get(platform));
            }
            connection.commit();
            connection.setAutoCommit(true);
            try (var statement = connection.createStatement()) {
                statement.execute("analyze " + TABLES.get(platform));
            }
        }
    }

    /** A row as it now stands: cells in the model's order, and the version PostgreSQL gives it. */
    record Found(@Nullable String[] cells, String version) {
        @Nullable
        String cell(Field field) {
            return cells[field.ordinal()];
        }
    }

    static Map<String, Found> read(Server server, int platform) throws SQLException {
        var rows = new LinkedHashMap<String, Found>();
        var sql = "select " + KEYS.get(platform) + ", xmin::text || ctid::text, "
                + String.join(", ", CELLS.get(platform)) + " from " + TABLES.get(platform);
        try (var connection = server.connect("db" + platform);
                var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            while (found.next()) {
                var cells = new String[Field.values().length];
                for (int i = 0; i < cells.length; i++) {
                    cells[i] = found.getString(i + 3);
                }
                rows.put(found.getString(1), new Found(cells, found.getString(2)));
            }
        }
        return rows;
    }
}
