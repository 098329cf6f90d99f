package dev.rekey.core.plan;

import java.util.List;

/**
 * Where in a record a reference stands, such as {@code a.b}, {@code ids[]}, {@code items[].ownerId}, {@code byUser{}} or
 * {@code payload|json.ownerId}.
 *
 * @param text as written in the plan
 * @param steps at least one; the first is a {@link Step.Field}: the top-level attribute
 */
public record ReferencePath(String text, List<Step> steps) {

    public ReferencePath {
        steps = List.copyOf(steps);
    }

    /** One step from a value to the values inside it. */
    public sealed interface Step {
        /** An attribute of the record, or the entry {@code name} of a map. */
        record Field(String name) implements Step {}

        /** Every element of a list or a set. */
        record Elements() implements Step {}

        /** Every key of a map; always the last step. */
        record MapKeys() implements Step {}

        /** The JSON document that a string attribute holds; at most once. */
        record Json() implements Step {}
    }

    @Override
    public String toString() {
        return text;
    }
}
