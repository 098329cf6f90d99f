package dev.rekey.engine.draft;

import dev.rekey.engine.join.IdForms;
import dev.rekey.engine.join.Value;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What the values of a key attribute look like. Holds forms, never values. */
final class KeyForms {
    private static final int MOST_FORMS = 50;
    private static final int LONGEST_SHOWN = 40;
    private static final Pattern UUID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

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
            uuids += UUID.matcher(text).matches() ? 1 : 0;
            var form = of(text);
            if (forms.containsKey(form) || forms.size() < MOST_FORMS) {
                forms.merge(form, 1L, Long::sum);
            }
        }
    }

    private static String of(String text) {
        var form = new StringBuilder();
        text.codePoints().limit(LONGEST_SHOWN).forEach(c -> form.append(of(c)));
        return text.length() > LONGEST_SHOWN ? form + "…" : form.toString();
    }

    private static char of(int c) {
        if (Character.isDigit(c)) {
            return '0';
        }
        if (Character.isLetter(c)) {
            return Character.isUpperCase(c) ? 'A' : 'a';
        }
        return c > ' ' && c < 127 ? (char) c : '?';
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
