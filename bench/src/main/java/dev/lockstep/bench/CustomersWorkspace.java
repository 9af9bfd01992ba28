package dev.lockstep.bench;

import java.util.List;

/** The workspace of one or more tables of customers with ten columns, all called alike. */
public final class CustomersWorkspace {
    private CustomersWorkspace() {}

    /** The fields whose columns carry them as they are, after those that identify; names are for each to say. */
    public static final String FIELDS = """
              country:    { type: text }
              city:       { type: text }
              birth_date: { type: date }
              opt_in:     { type: boolean }
              updated_at: { type: datetime }
              notes:      { type: text }
            """;

    public static final String COLUMNS = "email: email, phone: phone, first_name: first_name, last_name: last_name,"
            + " country: country, city: city, birth_date: birth_date, opt_in: opt_in, updated_at: updated_at,"
            + " notes: notes";

    /** Who has other keys elsewhere is found by these; so does Lockstep look for whom it is about to make. */
    public static final String INDEXES =
            "create index on customers (lower(email)); create index on customers (phone)";

    /** Every customer on all of them, known by address and phone: {@code place0} and so on. */
    public static String mutual(List<String> urls) {
        var text = new StringBuilder("""
                customer:
                  email:      { type: email, identifies: true }
                  phone:      { type: phone, identifies: true }
                  first_name: { type: name }
                  last_name:  { type: name }
                %sguard: off
                platforms:
                """.formatted(FIELDS));
        for (int place = 0; place < urls.size(); place++) {
            text.append("""
                      place%d:
                        type: postgres
                        url: %s
                        table: customers
                        on_delete: delete
                        columns: { %s }
                    """.formatted(place, urls.get(place), COLUMNS));
        }
        return text.toString();
    }
}
