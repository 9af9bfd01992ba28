package dev.lockstep.bench.speed;

import dev.lockstep.bench.CustomersWorkspace;
import java.nio.file.Path;

/** Lockstep where one table follows another: the key is carried over, deletions too, and nothing comes back. */
final class OneWay extends Up {

    OneWay(Places places, Path folder) {
        super(places, folder);
    }

    @Override
    public String name() {
        return "one-way";
    }

    @Override
    public String what() {
        return "Lockstep, one way";
    }

    @Override
    public Places.Shape shape() {
        return Places.ONE_WAY;
    }

    @Override
    String workspace() {
        return """
                customer:
                  number:     { type: number, identifies: true }
                  email:      { type: text }
                  phone:      { type: text }
                  first_name: { type: text }
                  last_name:  { type: text }
                %1$sguard: off
                platforms:
                  source:
                    type: postgres
                    url: %2$s
                    table: customers
                    access: read
                    on_delete: delete
                    columns: { id: number, %4$s }
                  target:
                    type: postgres
                    url: %3$s
                    table: customers
                    access: write
                    columns: { id: number, %4$s }
                """.formatted(
                CustomersWorkspace.FIELDS, places.server(0).url(Places.DATABASE), places.server(1).url(Places.DATABASE), CustomersWorkspace.COLUMNS);
    }
}
