package dev.lockstep.core.identity;

import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.state.IdentifierState;
import dev.lockstep.core.state.Member;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which identifiers a record claims, claimed or holds. */
public final class Identifiers {
    private Identifiers() {}

    public static SortedMap<IdentifierKey, IdentifierState.Kind> of(Member member, Model model) {
        return new TreeMap<>();
    }
}
