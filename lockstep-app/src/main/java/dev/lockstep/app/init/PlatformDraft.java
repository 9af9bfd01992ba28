package dev.lockstep.app.init;

import dev.lockstep.app.init.CustomerModel.FieldDraft;
import dev.lockstep.connectors.postgres.SurveyedTable;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A platform as it will be written: one table that looks like people. */
final class PlatformDraft {
    private final String name;
    private final String variable;
    private final TableLook look;
    private final List<Guess> guesses;
    private final Map<String, String> leftOut;
    private final List<String> remarks;
    private long wouldCreate = -1;

    /**
     * @param variable of the environment, that holds its URL
     * @param remarks on what else the database holds of these people, sentences
     */
    PlatformDraft(String name, String variable, TableLook look, List<String> remarks) {
        this.name = name;
        this.variable = variable;
        this.look = look;
        this.remarks = List.copyOf(remarks);
        this.guesses = new ArrayList<>(look.guesses());
        this.leftOut = new LinkedHashMap<>(look.leftOut());
    }

    String name() {
        return name;
    }

    String variable() {
        return variable;
    }

    SurveyedTable table() {
        return look.table();
    }

    @Nullable
    String modified() {
        return look.modified();
    }

    List<Guess> guesses() {
        return guesses;
    }

    List<Guess> unknown() {
        return look.unknown();
    }

    Map<String, String> leftOut() {
        return leftOut;
    }

    @Nullable
    Guess find(Meaning meaning) {
        return guesses.stream()
                .filter(guess -> guess.is(meaning) && guess.field().equals(meaning.field()))
                .findFirst()
                .orElse(null);
    }

    void replace(Guess guess, Guess other) {
        guesses.set(guesses.indexOf(guess), other);
    }

    void add(Guess guess) {
        guesses.add(guess);
    }

    void leaveOut(String path, String reason) {
        leftOut.put(path, reason);
    }

    List<String> remarks() {
        return remarks;
    }

    /** How many records {@code create: true} would make there; -1: not known. */
    long wouldCreate() {
        return wouldCreate;
    }

    void wouldCreate(long count) {
        wouldCreate = count;
    }

    /** Reads the column as the field's type says; leaves it out where it cannot be. */
    void agree(Guess guess, FieldDraft field) {
        if (guess.fit().type() == field.type()) return;
        boolean amounts = field.type() == FieldType.MONEY && guess.fit().type() == FieldType.NUMBER;
        Fit before = guess.fit();
        Fit fit = amounts
                ? Fit.of(guess.column(), FieldType.MONEY, currency(before), before.format(), Map.of())
                : Fit.plain(guess.column(), field.type());
        if (fit.share() >= 0.9) {
            replace(guess, guess.with(fit).doubted("another platform's column is of another kind"));
        } else {
            guesses.remove(guess);
            leaveOut(
                    guess.column().path().toString(),
                    "does not read as the " + field.type().spelling() + " " + field.name() + " of other platforms");
        }
    }

    private static Settings currency(Fit fit) {
        return Settings.NONE.withCurrency(
                Objects.requireNonNullElse(fit.settings().currency(), "EUR"));
    }
}
