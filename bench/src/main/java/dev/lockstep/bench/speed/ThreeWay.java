package dev.lockstep.bench.speed;

import java.nio.file.Path;

/** Lockstep among three tables with keys of their own: who is who is found out; two are edited, all three follow. */
final class ThreeWay extends Up {

    ThreeWay(Places places, Path folder) {
        super(places, folder);
    }

    @Override
    public String name() {
        return "three-way";
    }

    @Override
    public String what() {
        return "Lockstep, three-way, identity on";
    }

    @Override
    public Places.Shape shape() {
        return Places.THREE_WAY;
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
        for (int place = 0; place < 3; place++) {
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
