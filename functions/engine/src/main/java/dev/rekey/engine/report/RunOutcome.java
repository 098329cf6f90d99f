package dev.rekey.engine.report;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** How an execution ends, as the workflow says it. */
public enum RunOutcome {
    ANALYZED("analyzed"),
    REFUSED("refused"),
    TESTED("tested"),
    MIGRATED("migrated"),
    VERIFIED("verified"),
    ROLLED_BACK("rolledBack"),
    STOPPED("stopped"),
    INCOMPLETE("incomplete");

    private final String word;

    RunOutcome(String word) {
        this.word = word;
    }

    @JsonValue
    public String word() {
        return word;
    }

    /** @throws IllegalArgumentException if the workflow says something else */
    @JsonCreator
    public static RunOutcome of(String word) {
        return Arrays.stream(values())
                .filter(ending -> ending.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such ending: " + word));
    }
}
