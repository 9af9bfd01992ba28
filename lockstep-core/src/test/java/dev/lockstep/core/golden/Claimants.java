package dev.lockstep.core.golden;

import dev.lockstep.core.expression.Expression;
import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.Keep;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlainPlatform;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.SetValue;
import dev.lockstep.core.normalise.Settings;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.core.state.Claim;
import dev.lockstep.core.state.ConsentLog;
import dev.lockstep.core.state.ConsentLog.Entry;
import dev.lockstep.core.state.Doubt;
import dev.lockstep.core.state.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records of one customer that claim this and that, at times so few that they often tie. */
final class Claimants {
    static final int LATEST = 0;
    static final int FIRST = 1;
    static final int TRUST = 2;
    static final int UNION = 3;
    static final int CONSENT = 4;
    static final int COMPUTED = 5;
    static final int RETIRED = 6;

    /** Of three platforms two are on the list. */
    static final List<Integer> TRUSTED = List.of(2, 0);

    /** The second platform of the workspace comes first; only two clocks may be off, by one and by two. */
    static final Model MODEL = model();

    private Claimants() {}

    static Member record(int platform, String key) {
        return new Member(new RecordName(platform, key, 0));
    }

    static Claim claim(@Nullable String text, long micros, boolean firstSight) {
        Value value = text == null ? null : Value.of(text);
        return Claim.of(value, text, new Stamp(micros, 0), Stamp.UNDATED, firstSight);
    }

    static List<Member> drawn(Random random) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(4); i++) members.add(drawn(random, i));
        return members;
    }

    private static Member drawn(Random random, int number) {
        Member member = record(random.nextInt(3), "k" + number);
        for (int field : List.of(LATEST, FIRST, TRUST, RETIRED)) {
            if (random.nextInt(5) == 0) continue;
            member.claims.put(field, drawnClaim(random));
            if (random.nextBoolean()) member.firstClaims.put(field, drawnClaim(random));
        }
        if (random.nextInt(5) != 0) member.claims.put(UNION, drawnSet(random));
        if (random.nextInt(4) != 0) {
            Entry granted = random.nextBoolean() ? drawnEntry(random) : null;
            Entry withdrawn = random.nextBoolean() ? drawnEntry(random) : null;
            member.consents.put(CONSENT, new ConsentLog(granted, withdrawn));
        }
        if (random.nextInt(8) == 0) {
            member.doubts.put(CONSENT, new Doubt(random.nextBoolean(), micros(random), 0, 0, null));
        }
        return member;
    }

    private static long micros(Random random) {
        int at = random.nextInt(7);
        return at == 0 ? Stamp.UNDATED : at;
    }

    private static Claim drawnClaim(Random random) {
        String text = random.nextInt(3) == 0 ? null : "" + (char) ('a' + random.nextInt(3));
        return claim(text, micros(random), random.nextInt(3) == 0);
    }

    private static Claim drawnSet(Random random) {
        List<Claim.Element> elements = new ArrayList<>();
        List<String> held = new ArrayList<>();
        for (String element : List.of("a", "b", "c")) {
            if (random.nextInt(3) == 0) continue;
            boolean added = random.nextBoolean();
            elements.add(new Claim.Element(element, added, new Stamp(micros(random), 0)));
            if (added) held.add(element);
        }
        Value value = held.isEmpty() ? null : SetValue.ofCanonical(held);
        return new Claim(
                value,
                null,
                new Stamp(micros(random), 0),
                Stamp.UNDATED,
                random.nextInt(3) == 0,
                List.copyOf(elements));
    }

    private static Entry drawnEntry(Random random) {
        long micros = micros(random);
        // Of a found value without a date it is known when it was read.
        boolean found = micros == Stamp.UNDATED || random.nextInt(4) == 0;
        return new Entry(micros, 1 + random.nextInt(6), found, null);
    }

    private static Model model() {
        List<Field> fields = List.of(
                field(LATEST, "latest", FieldType.TEXT, Keep.LATEST, null),
                field(FIRST, "first", FieldType.TEXT, Keep.FIRST, null),
                field(TRUST, "trust", FieldType.TEXT, new Keep(Keep.Rule.TRUST, TRUSTED), null),
                field(UNION, "union", FieldType.SET, Keep.UNION, null),
                field(CONSENT, "consent", FieldType.CONSENT, Keep.CONSENT, null),
                field(COMPUTED, "computed", FieldType.TEXT, Keep.LATEST, doubled()),
                field(RETIRED, "retired", FieldType.TEXT, Keep.LATEST, null));
        List<PlatformModel> platforms = List.of(
                PlainPlatform.of(0, 1, List.of(), 0),
                PlainPlatform.of(1, 0, List.of(), 1),
                PlainPlatform.of(2, 2, List.of(), 2));
        return new Model(fields, platforms, Model.GROUP_LIMIT);
    }

    private static Expression doubled() {
        return Expression.compile("latest + latest", new TreeMap<>(Map.of("latest", FieldType.TEXT)), List.of());
    }

    private static Field field(int number, String name, FieldType type, Keep keep, @Nullable Expression computed) {
        return new Field(number, name, type, Settings.NONE, keep, false, number, 0, false, computed, number == RETIRED);
    }
}
