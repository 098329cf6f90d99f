package dev.rekey.engine.analyze;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How sure it is that values are ids of a family; strongest first. */
public enum Evidence {
    /** The ids look made by chance, so that they hardly match by accident. */
    STRONG,
    /** Short ids, but nearly all values match, and the attribute is named after the table. */
    NAMED,
    /** Short ids that may well match by accident. */
    WEAK;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
