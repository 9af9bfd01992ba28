package dev.lockstep.core.identity;

import dev.lockstep.core.model.IdentifierKey;
import java.util.Comparator;

/**
 * A reason for two members of a group, by their place in order of seniority, to be one customer.
 *
 * @param strength the lesser is taken first: a person's word, then identifiers in the order of the model
 * @param senior the place of the more senior of the two
 * @param junior the place of the other
 * @param kind what sort of reason it is, and so what can stand against it
 */
record Link(int strength, int senior, int junior, Kind kind) {

    enum Kind {
        /** A person said that they are the same. */
        SAME,
        /** Both claim the identifier. */
        CURRENT,
        /** Both claim the phone number. */
        PHONE,
        /** One of them claimed the identifier before. */
        FORMER,
        /** One of them claimed the phone number before. */
        FORMER_PHONE,
        /** Lockstep made the one under the claim of the other. */
        MADE;

        static Kind of(IdentifierKey identifier, boolean phone, boolean former) {
            if (identifier.isLink()) return SAME;
            if (phone) return former ? FORMER_PHONE : PHONE;
            return former ? FORMER : CURRENT;
        }

        boolean isPhone() {
            return this == PHONE || this == FORMER_PHONE;
        }

        boolean isFormer() {
            return this == FORMER || this == FORMER_PHONE;
        }
    }

    /** Strength, then seniority of the pair; of reasons for one pair, what least can stand against comes first. */
    static final Comparator<Link> ORDER = Comparator.comparingInt(Link::strength)
            .thenComparingInt(Link::senior)
            .thenComparingInt(Link::junior)
            .thenComparing(Link::kind);
}
