package dev.lockstep.bench.storm;

/** What is edited. */
enum What {
    EMAIL,
    NAME,
    CITY,
    POINTS,
    OPT,
    LABELS;

    /** Its rule is: the latest edit. */
    boolean latest() {
        return this != OPT && this != LABELS;
    }
}
