package dev.rekey.engine.page;

import dev.rekey.core.item.Wording;

/**
 * A part of a bar, and its line in the legend.
 *
 * @param percent of the bar
 */
record Part(String name, String tone, String meaning, long value, String percent) {
    static Part of(String name, String tone, String meaning, long value, long all) {
        return new Part(name, tone, meaning, value, Formats.percent((double) value, (double) all));
    }

    String title() {
        return Wording.count(value) + " " + name;
    }
}
