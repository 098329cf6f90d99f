package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;

import dev.rekey.core.item.KeyType;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The table {@code src-A}, whose records {@code r0}, {@code r1} and so on get an attribute {@code y} that follows from
 * {@code x}, and lose the attribute {@code z}; and an application that goes on writing to it.
 */
record InPlaceTable(World world) {
    static final String NAME = "src-A";
    static final String PLAN = Plans.inPlace("A: { set: { y: \"{% 'new ' & $record.x %}\" }, drop: [z] }");
    /** The same, whatever stands in {@code y}. */
    static final String OVERWRITING = PLAN.replace("A: {", "A: { onExisting: overwrite,");

    static InPlaceTable create(World world, int records) {
        world.create("A", KeyType.S);
        var table = new InPlaceTable(world);
        IntStream.range(0, records).forEach(i -> world.load(NAME, asBefore(i)));
        return table;
    }

    static Map<String, AttributeValue> asBefore(int i) {
        return record("id", "r" + i, "x", "value " + i, "z", "old " + i, "other", "o" + i);
    }

    static Map<String, AttributeValue> asAfter(int i) {
        return record("id", "r" + i, "x", "value " + i, "y", "new value " + i, "other", "o" + i);
    }

    Map<String, AttributeValue> item(int i) {
        return world.items(NAME).stream()
                .filter(item -> item.get("id").s().equals("r" + i))
                .findFirst()
                .orElse(Map.of());
    }

    /** The application sets one attribute, as an UpdateItem does. */
    void set(int i, String attribute, String value) {
        var item = new HashMap<>(item(i));
        item.put(attribute, AttributeValue.fromS(value));
        put(item);
    }

    /** The application removes one attribute. */
    void remove(int i, String attribute) {
        var item = new HashMap<>(item(i));
        item.remove(attribute);
        put(item);
    }

    void put(Map<String, AttributeValue> item) {
        world.load(NAME, item);
    }

    void delete(int i) {
        world.delete(NAME, item(i));
    }
}
