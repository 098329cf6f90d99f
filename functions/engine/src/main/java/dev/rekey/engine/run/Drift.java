package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a rollback does with a record that somebody else changed or deleted since the run wrote it. */
public enum Drift {
    /** Leaves it as it is, and lists it. */
    @JsonProperty("keep")
    KEEP,
    /** Restores what was there before the run, and lists it. */
    @JsonProperty("overwrite")
    OVERWRITE;

    /** The word for it in an execution's input. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Drift> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }
}
