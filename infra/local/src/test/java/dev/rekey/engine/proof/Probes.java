package dev.rekey.engine.proof;

import dev.rekey.engine.store.Tables.Expected;
import dev.rekey.engine.store.Tables.Update;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Conditions that do not hold, made of one that may: each attribute in turn is expected to be something else. */
final class Probes {
    private static final AttributeValue OTHER = AttributeValue.fromS("\u0000 something else");

    private int number;

    /** Empty if nothing was to be there: what was put is there when it is put again. */
    Optional<Expected> wrong(Expected expected) {
        return switch (expected) {
            case Expected.Absent _ -> Optional.empty();
            case Expected.Attributes attributes -> {
                var values = new HashMap<>(attributes.values());
                values.put(next(values), OTHER);
                yield Optional.of(new Expected.Attributes(values));
            }
        };
    }

    /** An attribute that was to be there is absent in every second one. */
    Optional<Update> wrong(Update update) {
        if (update.expected().isEmpty()) {
            return Optional.empty();
        }
        var expected = new HashMap<>(update.expected());
        expected.computeIfPresent(
                next(expected),
                (_, value) -> value.isPresent() && number % 2 == 0 ? Optional.empty() : Optional.of(OTHER));
        return Optional.of(new Update(update.table(), update.key(), expected, update.set(), update.remove()));
    }

    private String next(Map<String, ?> attributes) {
        var names = new TreeSet<>(attributes.keySet());
        return names.stream().skip(number++ % names.size()).findFirst().orElseThrow();
    }
}
