package dev.rekey.engine.draft;

import dev.rekey.engine.join.IdForm;
import dev.rekey.engine.join.IdForms;
import dev.rekey.engine.join.Value;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the values of a key attribute look like. Holds forms, never values. */
final class KeyForms {
    private static final int MOST_FORMS = 50;

    private final Map<String, Long> forms = new TreeMap<>();
    private long values;
    private long plain;
    private long telling;
    private long uuids;

    void add(Value value, boolean isPlain) {
        values++;
        plain += isPlain ? 1 : 0;
        telling += value.isTelling() ? 1 : 0;
        if (value instanceof Value.Text(var text)) {
            uuids += IdForm.isUuid(text) ? 1 : 0;
            var form = IdForm.of(text);
            if (forms.containsKey(form) || forms.size() < MOST_FORMS) {
                forms.merge(form, 1L, Long::sum);
            }
        }
    }

    boolean areDistinctive() {
        return new IdForms(values, plain).areDistinctive();
    }

    /** Whether nearly all look made by chance. */
    boolean areRandom() {
        return telling >= 0.9 * values;
    }

    boolean areUuids() {
        return values > 0 && uuids == values;
    }

    /** The most frequent form of texts, such as {@code AAA-000000}; empty if there are none. */
    Optional<String> mostFrequent() {
        return forms.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    boolean areOfOneForm() {
        return forms.size() == 1;
    }
}
