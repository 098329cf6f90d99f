package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What becomes of a migration that cannot go on. */
public enum OnFailure {
    /** All that it wrote is taken back. */
    @JsonProperty("rollback")
    ROLLBACK,
    /** It is left as it is, to be resumed or rolled back. */
    @JsonProperty("stop")
    STOP;

    /** What becomes of it if the command says nothing. */
    public static final OnFailure USUAL = ROLLBACK;

    /** The same of a plan that changes records in place: what others wrote since would be drift. */
    public static final OnFailure USUAL_IN_PLACE = STOP;

    /** The word for it in an execution's input. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<OnFailure> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }
}
