package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What the list of changes of an analysis says of the attributes. */
public enum ChangeDetail {
    /** Which attributes change. */
    NAMES,
    /** Their values before and after, too. */
    VALUES;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
