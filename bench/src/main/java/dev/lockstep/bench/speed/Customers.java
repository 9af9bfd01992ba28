package dev.lockstep.bench.speed;

/**
 * The table, what is in it, and what happens to it: the same for everybody, worked out from the number of the row or
 * of the change. A key and ten columns.
 *
 * <p>The rows up to seven tenths are for changes, each of which takes another row. The rest stays as it was: for those
 * that join one (from seven tenths on), for pairs of rows that are one person until a change splits them (from eight
 * tenths on), and for the delay (the last tenth).
 */
final class Customers {

    static final String COLUMNS =
            "email, phone, first_name, last_name, country, city, birth_date, opt_in, updated_at, notes";

    /** The rows of the markers, below and above all others. */
    static final long FIRST = 0;

    static final long LAST = 2_000_000_000;

    /**
     * {@code churn(start, final, rows, by_key, pairs)}: the changes of these numbers, 80 % updates (of which 5 parts
     * edit an identifier, 1 part joins or splits), 15 % inserts, 5 % deletes, 1 to 10 in a transaction.
     *
     * <p>{@code by_key}: the row's key is its number, else it is found by its address. {@code pairs}: there are two
     * rows to be split; where there are none, an address becomes that of another, or, by key, a new one.
     */
    static final String CHURN = """
            create procedure churn(start int, final int, rows int, by_key boolean, pairs boolean)
            language plpgsql as $$
            declare
              k int := start; size int; done int := 0; kind int; number bigint; mine text; keep text; at timestamptz;
            begin
              while k <= final loop
                done := done + 1;
                size := 1 + (done * 7) %% 10;
                while size > 0 and k <= final loop
                  kind := (k * 37) %% 100;
                  number := 1 + (k::bigint * 7919) %% (rows * 7 / 10);
                  if kind = 79 and pairs then
                    number := rows * 8 / 10 + 2 * (k / 100) + 1;
                  end if;
                  mine := 'user' || number || '@customers.example';
                  if not by_key then
                    number := (select id from customers where lower(email) = mine);
                  end if;
                  at := timestamptz '2025-01-01 00:00:00+00' + k * interval '1 second';
                  keep := md5(k::text) || md5((k + 7)::text) || md5((k + 9)::text);
                  if kind < 74 then
                    update customers set city = 'Town' || k %% 5000, opt_in = not opt_in, updated_at = at, notes = keep
                      where id = number;
                  elsif kind < 79 then
                    update customers set phone = '+1646' || 2000000 + k, updated_at = at, notes = keep
                      where id = number;
                  elsif kind = 79 then
                    update customers set updated_at = at, notes = 'moves ' || keep,
                      email = case when by_key then 'other' || k else 'user' || rows * 7 / 10 + 1 + k / 100 end
                        || '@customers.example'
                      where id = number;
                  elsif kind < 95 then
                    insert into customers (id, %s)
                      select case when by_key then rows + k else nextval('customers_id_seq') end,
                        'new' || k || '@customers.example', '+1718' || 2000000 + k, 'New', 'Customer' || k, 'DE',
                        'Berlin', date '1990-01-01', true, at, keep;
                  else
                    delete from customers where id = number;
                  end if;
                  if not found then
                    raise exception 'change %% finds no row', k;
                  end if;
                  k := k + 1;
                  size := size - 1;
                end loop;
                commit;
              end loop;
            end $$
            """.formatted(COLUMNS);

    private Customers() {}

    /** @param pairs so many times two rows, from eight tenths on, have one address: they are one person */
    static String fill(int rows, int pairs) {
        return """
                insert into customers (id, %1$s)
                select id, 'user' || i || '@customers.example', '+1212' || 2000000 + id,
                  (array['Anna','Bob','Chloé','Dmitri','Eve','Farid','Grace','Hiro','Inês','Jürgen'])[1 + id %% 10],
                  (array['Smith','Müller','García','Ivanov','Tanaka','Okafor','Rossi','Novák'])[1 + id / 7 %% 8],
                  (array['GB','DE','ES','FR','JP','NG','IT','CZ','BR','US'])[1 + id / 3 %% 10], 'City' || id %% 5000,
                  date '1940-01-01' + (id::bigint * 31 %% 25000)::int, id %% 3 = 0,
                  timestamptz '2024-01-01 00:00:00+00' + id * interval '1 second', case when id - %2$d * 8 / 10 between 1
                    and %3$d then 'moves ' else '' end || md5(id::text) || md5((id + 1)::text) || md5((id + 2)::text)
                from (select id, case when id - %2$d * 8 / 10 between 1 and %3$d then id + (id - %2$d * 8 / 10) %% 2 else id
                  end i from generate_series(1, %2$d) id) numbers
                """.formatted(COLUMNS, rows, 2 * pairs);
    }

    /** @param each number of a source gets rows of its own */
    static String markers(int sources) {
        var sql = new StringBuilder();
        for (int source = 0; source < sources; source++) {
            for (boolean last : new boolean[] {false, true}) {
                sql.append("insert into customers (id, %s) values (%d, '%s', null, null, null, null, null, null, false,"
                        .formatted(COLUMNS, last ? LAST + source : FIRST - source, address(source, last)));
                sql.append(" timestamptz '2024-01-01 00:00:00+00', 'base');");
            }
        }
        return sql.toString();
    }

    static String address(int source, boolean last) {
        return (last ? "last" : "first") + source + "@markers.example";
    }

    /**
     * What is in the table. {@code people}: keys differ, and two rows of one person on one place count once. Each of
     * them keeps the identifiers it has there, as Lockstep has it: all else must be the same.
     */
    static String checksum(boolean people) {
        // Whom a change joins or splits, and what is to be split, is marked by the notes.
        var identifiers = "case when notes like '%moves%' then null else email end,"
                + " case when notes like '%moves%' then null else phone end";
        var columns = people ? "distinct " + COLUMNS.replace("email, phone", identifiers) : "id, " + COLUMNS;
        return "select count(*) || ' rows, ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) from (select "
                + columns + " from customers) t";
    }
}
