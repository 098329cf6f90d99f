package dev.rekey.engine.log;

import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.Comparator;

/** What the name of an object of the undo log says. */
record LogName(ObjectKey key, int page, int attempt, int supplement) {
    /** As numbers: the ten thousandth attempt has more digits than its name has places. */
    static final Comparator<LogName> IN_ORDER = Comparator.comparingInt(LogName::page)
            .thenComparingInt(LogName::attempt)
            .thenComparingInt(LogName::supplement);

    static LogName of(ObjectKey key) {
        var name = key.name();
        var numbers = name.substring(name.lastIndexOf('/') + 1, name.indexOf(".jsonl.gz"))
                .split("-", -1);
        return new LogName(
                key,
                Integer.parseInt(numbers[0]),
                Integer.parseInt(numbers[1]),
                numbers.length < 3 ? 0 : Integer.parseInt(numbers[2]));
    }
}
