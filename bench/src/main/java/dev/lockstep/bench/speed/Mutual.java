package dev.lockstep.bench.speed;

import java.nio.file.Path;

/** Lockstep among tables with keys of their own: who is who is found out; two are edited, a third only follows. */
final class Mutual extends Up {

    private final Places.Shape shape;

    Mutual(Places places, Places.Shape shape, Path folder) {
        super(places, folder);
        this.shape = shape;
    }

    @Override
    public String name() {
        return shape.places() == 2 ? "two-way" : "three-way";
    }

    @Override
    public String what() {
        return "Lockstep, " + name() + ", identity on";
    }

    @Override
    public Places.Shape shape() {
        return shape;
    }

    @Override
    String workspace() {
        var text = new StringBuilder("""
                customer:
                  email:      { type: email, identifies: true }
                  phone:      { type: phone, identifies: true }
                  first_name: { type: name }
                  last_name:  { type: name }
                %sguard: off
                platforms:
                """.formatted(FIELDS));
        for (int place = 0; place < shape.places(); place++) {
            text.append("""
                      place%d:
                        type: postgres
                        url: %s
                        table: customers
                        on_delete: delete
                        columns: { %s }
                    """.formatted(place, places.server(place).url(Places.DATABASE), COLUMNS));
        }
        return text.toString();
    }
}
