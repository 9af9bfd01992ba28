package dev.lockstep.simulator.checkers;

import java.util.List;
import java.util.function.Supplier;

/** Every checker, by hand: the table of contents. */
public final class Checkers {
    public static final List<Supplier<Checker>> ALL = List.of(
            Convergence::new,
            NoLostEdit::new,
            NoOverwrittenEdit::new,
            NoDuplicates::new,
            OneAddress::new,
            NoResurrection::new,
            DeletesAreMeant::new,
            OutOfScope::new,
            NoEcho::new,
            SameCustomers::new,
            NothingInvented::new,
            NothingBeforeAllIsRead::new,
            ConsentNeverLoosens::new,
            GrantsStand::new,
            HeldIsHeld::new,
            OnlyTheContestedIsLeft::new,
            Accountability::new,
            Amplification::new);

    private Checkers() {}

    public static List<Checker> all() {
        return ALL.stream().map(Supplier::get).toList();
    }
}
