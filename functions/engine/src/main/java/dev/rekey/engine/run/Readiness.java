package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** The verdict of an analysis: whether a plan fits its data. */
public enum Readiness {
    READY("ready"),
    READY_WITH_WARNINGS("ready with warnings"),
    /** Something keeps a migration from writing. */
    NOT_READY("not ready");

    private final String word;

    Readiness(String word) {
        this.word = word;
    }

    /** @throws IllegalArgumentException if {@code word} is none */
    @JsonCreator
    public static Readiness of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no verdict of an analysis: " + word));
    }

    /** The name in reports. */
    @JsonValue
    public String word() {
        return word;
    }
}
