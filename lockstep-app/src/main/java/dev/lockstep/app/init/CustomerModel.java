package dev.lockstep.app.init;

import dev.lockstep.app.workspace.FieldReader;
import dev.lockstep.core.normalise.FieldType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One model of what several tables hold: columns of the same meaning share a field. */
final class CustomerModel {
    private static final double SHARED = 0.2;

    private final List<PlatformDraft> platforms;
    private final Map<String, FieldDraft> fields = new LinkedHashMap<>();

    /**
     * A field of the model.
     *
     * @param region of phones written without a country code
     * @param doubt why it may be wrong; null: it is hardly wrong
     */
    record FieldDraft(
            String name,
            FieldType type,
            boolean identifies,
            @Nullable String region,
            @Nullable String doubt) {}

    private CustomerModel(List<PlatformDraft> platforms) {
        this.platforms = platforms;
    }

    static CustomerModel of(List<PlatformDraft> platforms) {
        CustomerModel model = new CustomerModel(platforms);
        model.onePhone();
        model.names();
        model.identifiers();
        model.unknown();
        model.build();
        return model;
    }

    /** Fields by name, the identifying first, the consents last. */
    List<FieldDraft> fields() {
        List<FieldDraft> all = new ArrayList<>(fields.values());
        all.sort(Comparator.comparingInt(this::rank));
        return all;
    }

    private int rank(FieldDraft field) {
        if (field.type() == FieldType.CONSENT) return 1000;
        Meaning meaning = meaning(field.name());
        if (meaning == null) return 2000;
        int place = meaning.ordinal() - Meaning.EMAIL.ordinal();
        return field.identifies() ? place : 100 + place;
    }

    private @Nullable Meaning meaning(String field) {
        for (Meaning meaning : Meaning.values()) {
            if (meaning.field().equals(field)) return meaning;
        }
        return null;
    }

    /** Where nobody keeps two numbers, a mobile is the phone. */
    private void onePhone() {
        boolean two =
                platforms.stream().anyMatch(one -> one.find(Meaning.PHONE) != null && one.find(Meaning.MOBILE) != null);
        for (PlatformDraft platform : platforms) {
            Guess mobile = platform.find(Meaning.MOBILE);
            Guess phone = platform.find(Meaning.PHONE);
            if (!two && mobile != null) {
                platform.replace(mobile, mobile.meaning(Meaning.PHONE));
            } else if (two && phone != null && mobile == null && nearer(platform, phone)) {
                platform.replace(phone, phone.meaning(Meaning.MOBILE).doubted("its numbers are others' mobiles"));
            }
        }
    }

    /** Its numbers are found among the mobiles of others more often than among their phones. */
    private boolean nearer(PlatformDraft platform, Guess phone) {
        int mobiles = 0;
        int phones = 0;
        for (PlatformDraft other : platforms) {
            if (other == platform) continue;
            mobiles += common(phone, other.find(Meaning.MOBILE));
            phones += common(phone, other.find(Meaning.PHONE));
        }
        return mobiles > phones;
    }

    private static Set<String> canonical(Guess guess) {
        return guess.column().values().stream()
                .map(value -> Contents.canonical(guess.fit().type(), guess.fit().settings(), value))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static int common(Guess one, @Nullable Guess other) {
        if (other == null) return 0;
        Set<String> both = canonical(one);
        both.retainAll(canonical(other));
        return both.size();
    }

    /** A whole name is read as its parts where others keep these apart. */
    private void names() {
        boolean apart = platforms.stream()
                .anyMatch(one -> one.find(Meaning.FIRST_NAME) != null && one.find(Meaning.LAST_NAME) != null);
        if (!apart) return;
        List<String> parts = List.of(Meaning.FIRST_NAME.field(), Meaning.LAST_NAME.field());
        for (PlatformDraft platform : platforms) {
            Guess full = platform.find(Meaning.FULL_NAME);
            boolean alone = platform.find(Meaning.FIRST_NAME) == null && platform.find(Meaning.LAST_NAME) == null;
            if (full != null && alone) {
                platform.replace(full, full.splitInto(parts).doubted("read only: a name cannot be put together again"));
            }
        }
    }

    /** Numbers that several give to a customer are one field, and identify, when the same ones are found in both. */
    private void identifiers() {
        for (Meaning meaning : List.of(Meaning.CUSTOMER_NUMBER, Meaning.LOYALTY_ID)) {
            List<PlatformDraft> having =
                    platforms.stream().filter(one -> one.find(meaning) != null).toList();
            if (having.size() < 2) {
                having.forEach(one -> ownKey(one, meaning));
                continue;
            }
            PlatformDraft first = having.getFirst();
            Guess known = Objects.requireNonNull(first.find(meaning));
            for (PlatformDraft other : having.subList(1, having.size())) {
                Guess guess = Objects.requireNonNull(other.find(meaning));
                int common = common(known, guess);
                int least = Math.min(canonical(known).size(), canonical(guess).size());
                if (least == 0 || common < SHARED * least) {
                    other.replace(guess, guess.called(other.name() + "_" + meaning.field()));
                }
            }
        }
    }

    /** A key that no other platform knows is the table's own business. */
    private static void ownKey(PlatformDraft platform, Meaning meaning) {
        Guess guess = Objects.requireNonNull(platform.find(meaning));
        String path = guess.column().path().first();
        if (!platform.table().key().contains(path)) return;
        platform.guesses().remove(guess);
        platform.leaveOut(path, "the key");
    }

    /** Unknown columns stay what they are called; two of one name are one field only when they hold the same words. */
    private void unknown() {
        Set<String> taken = new TreeSet<>();
        platforms.forEach(one -> one.guesses().forEach(guess -> taken.add(guess.field())));
        Map<String, Guess> kept = new TreeMap<>();
        for (PlatformDraft platform : platforms) {
            for (Guess guess : platform.unknown()) {
                String path = guess.column().path().toString();
                Guess before = kept.get(guess.field());
                boolean used =
                        platform.guesses().stream().anyMatch(one -> one.field().equals(guess.field()));
                if (taken.contains(guess.field()) || used || !FieldReader.nameable(guess.field())) {
                    platform.leaveOut(path, "not understood");
                } else if (before == null || same(before, guess)) {
                    kept.putIfAbsent(guess.field(), guess);
                    platform.add(guess);
                } else {
                    platform.leaveOut(path, "called as in another platform, but holds other values");
                }
            }
        }
    }

    private static boolean same(Guess one, Guess other) {
        if (one.fit().type() != other.fit().type()) return false;
        if (one.fit().type() != FieldType.TEXT) return true;
        int least = Math.min(canonical(one).size(), canonical(other).size());
        return common(one, other) * 2 >= least;
    }

    private void build() {
        Map<String, List<Guess>> byField = new LinkedHashMap<>();
        for (PlatformDraft platform : platforms) {
            for (Guess guess : platform.guesses()) {
                if (guess.split().isEmpty()) {
                    byField.computeIfAbsent(guess.field(), any -> new ArrayList<>())
                            .add(guess);
                }
            }
        }
        byField.forEach((name, guesses) -> fields.put(name, field(name, guesses)));
        for (PlatformDraft platform : platforms) {
            for (Guess guess : List.copyOf(platform.guesses())) {
                FieldDraft field = fields.get(guess.field());
                if (field != null && guess.split().isEmpty()) platform.agree(guess, field);
            }
        }
    }

    private FieldDraft field(String name, List<Guess> guesses) {
        FieldType type = guesses.getFirst().fit().type();
        for (Guess guess : guesses) {
            if (guess.fit().type() == FieldType.MONEY) type = FieldType.MONEY;
        }
        Meaning meaning = guesses.getFirst().meaning();
        boolean email = meaning == Meaning.EMAIL && name.equals(Meaning.EMAIL.field());
        boolean phone = meaning == Meaning.PHONE && name.equals(Meaning.PHONE.field()) && someoneHasNoEmail();
        boolean number = (meaning == Meaning.CUSTOMER_NUMBER || meaning == Meaning.LOYALTY_ID) && guesses.size() > 1;
        String doubt = phone
                ? "it identifies, for a platform without e-mail addresses"
                : number ? "it identifies: the same numbers are found on several platforms" : null;
        return new FieldDraft(name, type, email || phone || number, region(guesses), doubt);
    }

    private boolean someoneHasNoEmail() {
        return platforms.stream().anyMatch(one -> one.find(Meaning.EMAIL) == null);
    }

    private static @Nullable String region(List<Guess> guesses) {
        Map<String, Integer> votes = new TreeMap<>();
        for (Guess guess : guesses) {
            String region = guess.fit().settings().region();
            if (region != null) votes.merge(region, guess.fit().parsed() + 1, Integer::sum);
        }
        return votes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }
}
