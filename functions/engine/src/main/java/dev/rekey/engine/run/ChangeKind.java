package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a migration would do with a record. In the order in which lists and reports show them. */
public enum ChangeKind {
    /** A new record in the target. */
    CREATE("create"),
    /** Another content of a record that is there already. */
    CHANGE("change"),
    /** The record becomes another one. */
    MERGE("merge"),
    /** The plan's {@code where}, the run's scope or an expiry leaves the record out. */
    LEAVE_OUT("leaveOut"),
    /** The record is as the plan says already. */
    NOTHING("nothing"),
    /** The record cannot be mapped, or other content stands under its new key: no migration starts. */
    BLOCKED("blocked");

    private final String word;

    ChangeKind(String word) {
        this.word = word;
    }

    /** The name in the bucket and in reports. */
    @JsonValue
    public String word() {
        return word;
    }

    /** As people read it. */
    public String words() {
        return this == LEAVE_OUT ? "leave out" : word;
    }
}
