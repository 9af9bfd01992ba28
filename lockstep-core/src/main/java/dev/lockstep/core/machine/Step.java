package dev.lockstep.core.machine;

import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.RecordName;
import java.util.ArrayList;
import java.util.List;

/** What comes out of a machine besides its new state: messages to other machines, effects, lines of history. */
public final class Step {
    /** A message and where it goes. */
    public record Envelope(Address to, Message message) {}

    public final List<Envelope> messages = new ArrayList<>();
    public final List<Effect> effects = new ArrayList<>();
    public final List<Fact> facts = new ArrayList<>();

    /** An edit that can be taken back. */
    public record Edited(RecordName record, Cause cause) {}

    public final List<Edited> edits = new ArrayList<>();

    public void edited(RecordName record, Cause cause) {
        Edited one = new Edited(record, cause);
        if (edits.isEmpty() || !edits.getLast().equals(one)) edits.add(one);
    }

    public void send(Address to, Message message) {
        messages.add(new Envelope(to, message));
    }

    public void effect(Effect effect) {
        effects.add(effect);
    }

    public void fact(Fact fact) {
        facts.add(fact);
    }

    public void clear() {
        messages.clear();
        effects.clear();
        facts.clear();
        edits.clear();
    }
}
