package dev.lockstep.core.identity;

import dev.lockstep.core.lens.ColumnLens;
import dev.lockstep.core.lens.ColumnOptions;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Keep;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlainPlatform;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Settings;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.core.state.Claim;
import dev.lockstep.core.state.Decision;
import dev.lockstep.core.state.Former;
import dev.lockstep.core.state.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Members of a group written as text, one a line: {@code 0:a email=x phone=1 given=Ada was.email=y}.
 *
 * <p>Further words: {@code dead}, {@code made=0:a}, {@code same=0:b}, {@code different=0:b}, {@code holds.email=z}, and
 * what an identifier has said of itself: {@code nobody.email=x}, {@code current.email=x}.
 */
final class Members {
    private static final List<String> FIELDS = List.of("phone", "email", "handle", "given", "family", "born");
    /** Text in place of an address, so that examples are short. */
    private static final FieldType TEXT = FieldType.TEXT;

    private static final List<FieldType> TYPES =
            List.of(FieldType.PHONE, TEXT, TEXT, FieldType.NAME, FieldType.NAME, TEXT);

    /** The e-mail address identifies more than the phone; a handle identifies nobody and is kept unique. */
    static final Model MODEL = model();

    private Members() {}

    static List<Member> of(String lines) {
        List<Member> members = new ArrayList<>();
        lines.strip().lines().forEach(line -> members.add(member(line.strip().split(" +"))));
        for (Member member : members) member.identifiers.putAll(Identifiers.of(member, MODEL));
        return members;
    }

    static IdentifierKey identifier(String field, String value) {
        return new IdentifierKey(FIELDS.indexOf(field), value);
    }

    private static Member member(String[] words) {
        Member member = new Member(name(words[0]));
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (equals < 0) member.live = false;
            else word(member, words[i].substring(0, equals), words[i].substring(equals + 1));
        }
        return member;
    }

    private static void word(Member member, String word, String value) {
        switch (word) {
            case "made" -> member.madeFor = name(value);
            case "same", "different" ->
                member.decisions.put(name(value), new Decision(name(value), word.equals("same"), 1));
            default -> {
                int dot = word.indexOf('.');
                String field = word.substring(dot + 1);
                said(member, dot < 0 ? "" : word.substring(0, dot), identifier(field, value));
            }
        }
    }

    private static void said(Member member, String how, IdentifierKey identifier) {
        String text = identifier.value();
        switch (how) {
            case "" -> {
                Value value = new Value(text, text.toLowerCase(Locale.ROOT));
                member.claims.put(identifier.field(), Claim.of(value, text, new Stamp(1, 0), 0, false));
            }
            case "was" -> member.formers.add(new Former(identifier, 1));
            case "holds" -> member.columnOrNew(identifier.field()).raw = text;
            case "nobody" -> member.standings.put(identifier, new Member.Standing(1, Member.Level.NOBODY));
            case "current" -> member.standings.put(identifier, new Member.Standing(1, Member.Level.CURRENT));
            default -> throw new IllegalArgumentException(how);
        }
    }

    static RecordName name(String text) {
        return Objects.requireNonNull(RecordName.parse(text), text);
    }

    private static Model model() {
        List<Field> fields = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < FIELDS.size(); i++) {
            fields.add(new Field(
                    i, FIELDS.get(i), TYPES.get(i), Settings.NONE, Keep.LATEST, i < 2, 9 - i, 3, i == 5, null, false));
            ColumnLens lens = ColumnLens.of(ColumnOptions.of(i == 0 ? FieldType.TEXT : TYPES.get(i)));
            columns.add(new Column(
                    i, FIELDS.get(i), i, lens, null, List.of(), true, false, i == 2, false, false, null, false));
        }
        List<PlatformModel> platforms = new ArrayList<>();
        for (int i = 0; i < 3; i++) platforms.add(PlainPlatform.of(i, columns));
        return new Model(fields, platforms, Model.GROUP_LIMIT);
    }
}
