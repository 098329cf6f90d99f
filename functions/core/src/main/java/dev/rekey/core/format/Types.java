package dev.rekey.core.format;

import dev.rekey.core.plan.CellType;
import dev.rekey.core.plan.ReferencePath.Step;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The types that values have by their places in a record. */
final class Types {
    private static final Types NONE = new Types();

    private final Map<String, Types> fields = new HashMap<>();
    private Optional<Types> elements = Optional.empty();
    private Optional<CellType> type = Optional.empty();

    private Types() {}

    /** Of the attributes of a record. What a key of the table is, its table says. */
    static Types of(FormatOptions options) {
        var types = new Types();
        options.types().forEach((path, type) -> {
            var at = types;
            for (var step : path.steps()) {
                at = at.make(step);
            }
            at.type = Optional.of(type);
        });
        options.keys()
                .forEach((name, type) -> types.fields.computeIfAbsent(name, _ -> new Types()).type =
                        Optional.of(CellType.valueOf(type.name())));
        return types;
    }

    private Types make(Step step) {
        return switch (step) {
            case Step.Field(var name) -> fields.computeIfAbsent(name, _ -> new Types());
            case Step.Elements() -> {
                elements = Optional.of(elements.orElseGet(Types::new));
                yield elements.get();
            }
            case Step.MapKeys(), Step.Json() ->
                throw new IllegalArgumentException("a type is said of fields and elements only");
        };
    }

    Optional<CellType> type() {
        return type;
    }

    Types field(String name) {
        return fields.getOrDefault(name, NONE);
    }

    Types element() {
        return elements.orElse(NONE);
    }
}
