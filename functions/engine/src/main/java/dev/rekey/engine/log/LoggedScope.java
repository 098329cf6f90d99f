package dev.rekey.engine.log;

import dev.rekey.core.item.Key;
import dev.rekey.core.plan.Where;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Which logged records a rollback is about, judged by what the log says they held before the run: what they hold now may be
 * the work of others.
 */
public record LoggedScope(Where.Written where) {
    public static LoggedScope of(Map<String, String> where) {
        return new LoggedScope(new Where.Written(where));
    }

    /** The records that are included. */
    public Map<Key, Logged> only(Map<Key, Logged> all) {
        var some = new HashMap<>(all);
        some.entrySet().removeIf(one -> !includes(one.getKey(), one.getValue().operation()));
        return some;
    }

    public boolean includes(Key key, Operation operation) {
        var record = new HashMap<String, AttributeValue>();
        where.values()
                .keySet()
                .forEach(name -> value(key, operation, name)
                        .flatMap(value -> value)
                        .ifPresent(value -> record.put(name, value)));
        return where.holds(record);
    }

    /** An attribute of the scope of which the log says nothing. */
    public Optional<String> unknown(Key key, Operation operation) {
        return where.values().keySet().stream()
                .filter(name -> value(key, operation, name).isEmpty())
                .sorted()
                .findFirst();
    }

    /** Empty if the log does not say; with nothing in it if the attribute was not there. */
    private static Optional<Optional<AttributeValue>> value(Key key, Operation operation, String name) {
        if (key.attributes().containsKey(name)) {
            return Optional.of(Optional.of(key.attributes().get(name)));
        }
        return switch (operation) {
            case Operation.Update update
            when update.touched().containsKey(name) ->
                Optional.of(update.touched().get(name).before());
            case Operation.Update update -> Optional.ofNullable(update.read().get(name));
            case Operation.Delete(var image) -> Optional.of(Optional.ofNullable(image.get(name)));
            case Operation.Create _, Operation.Replace _, Operation.None _ -> Optional.empty();
        };
    }
}
