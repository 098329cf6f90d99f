package dev.rekey.engine.undo;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.log.Touched;
import dev.rekey.engine.store.Tables;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The request that takes an update back. */
public final class Restoring {
    private Restoring() {}

    /**
     * Gives every attribute of {@code touched} the value that it had before our first write, as long as all of them are what
     * they are in {@code current}. One of them must not have that value yet.
     */
    public static Tables.Update of(
            TableShape shape, Key key, Map<String, Touched> touched, Map<String, AttributeValue> current) {
        var expected = new HashMap<String, Optional<AttributeValue>>();
        var set = new HashMap<String, AttributeValue>();
        var remove = new HashSet<String>();
        touched.forEach((name, one) -> {
            var now = Touched.of(current, name);
            expected.put(name, now);
            if (!one.isBefore(now)) {
                one.before().ifPresentOrElse(value -> set.put(name, value), () -> remove.add(name));
            }
        });
        return new Tables.Update(shape.table(), key, expected, set, remove);
    }
}
