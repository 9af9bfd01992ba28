package dev.lockstep.bench.speed;

import dev.lockstep.bench.CustomersWorkspace;
import java.util.stream.IntStream;
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
        return CustomersWorkspace.mutual(IntStream.range(0, shape.places())
                .mapToObj(place -> places.server(place).url(Places.DATABASE))
                .toList());
    }
}
