package dev.lockstep.simulator;

import dev.lockstep.core.model.Receipt;

/** What a good run of many seeds reaches at times: one that never does has not tried the promise at all. */
public enum Sometimes {
    VALUE_ACCOUNTED_FOR("a written value is accounted for"),
    WITHDRAWAL_PASSES_GUARD("a withdrawal gets past the guard"),
    CONSENT_CHANGED("a person changes a consent"),
    GRANT_STANDS("an attested opt-in stands"),
    GRANT_WRITTEN("a grant is written"),
    GRANT_MET_UNSEEN_WITHDRAWAL("a grant met an unseen withdrawal (ABA)"),
    DELETED_MADE_AGAIN("a record that Lockstep had deleted is made again"),
    JOB_LEFT_ALONE("a job is left alone after its rounds"),
    TRIGGER_LEFT_ALONE("a trigger is left alone"),
    UNARCHIVING_LEFT_ALONE("who takes a record from the archive is left alone"),
    ARCHIVED("a record is archived"),
    BACK_FROM_ARCHIVE("a record is back from the archive"),
    THREE_RECORDS_OR_MORE("a customer of three records or more"),
    DELETION_SPREADS("a deletion spreads"),
    LEFT_IS_DELETED("who has left is deleted"),
    OVERWRITTEN_WITHOUT_PRECONDITION("an unseen edit was overwritten where there are no preconditions"),
    OVERWRITTEN_THERE_AND_BACK("an unseen edit was overwritten that had put back what was known"),
    MADE_WAS_HIDDEN("what a create made was hidden from its look-up by a person"),
    WINNER_CERTAIN("a winner is certain"),
    PLATFORM_TAKEN_OUT("a platform is taken out of the workspace"),
    FOLDER_REMADE_WITHOUT_WRITE("a lost data folder is made again without a write"),
    TAKEN_BACK("an operator takes an edit back"),
    LEFT_FOR_GOOD("a platform is left for good"),
    CREATE_APPLIED("a create was applied"),
    CREATE_EXISTS("a create found the record there"),
    CREATE_FOUND("a create without an answer was looked up and found"),
    CREATE_TAKEN("a create was refused since another has the value"),
    CREATE_INVALID("a create was refused for good"),
    CREATE_AGAIN("a create was refused for now"),
    CREATE_UNCLEAR("a create stayed without an answer");

    private final String sentence;

    Sometimes(String sentence) {
        this.sentence = sentence;
    }

    public static Sometimes ofCreate(Receipt.Outcome outcome) {
        return valueOf("CREATE_" + outcome);
    }

    /** As people read it. */
    @Override
    public String toString() {
        return sentence;
    }
}
