package dev.rekey.engine.draft;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The composite values of a table's key and of the keys of its indexes. */
final class CompositeTallies {
    private final Map<String, CompositeTally> byAttribute = new LinkedHashMap<>();

    CompositeTallies(SourceTable table) {
        var shape = table.shape();
        Stream.concat(
                        shape.keyAttributes().stream(),
                        shape.indexes().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(Map.Entry::getValue)
                                .flatMap(List::stream))
                .filter(attribute -> attribute.type() == KeyType.S)
                .map(KeyAttribute::name)
                .forEach(name -> byAttribute.put(name, new CompositeTally()));
    }

    void add(Map<String, AttributeValue> item, KeySets sets) {
        byAttribute.forEach((name, tally) -> {
            var value = item.get(name);
            if (value != null && value.type() == AttributeValue.Type.S) {
                tally.add(value.s(), sets);
            }
        });
    }

    void forEach(BiConsumer<String, CompositeTally> each) {
        byAttribute.forEach(each);
    }
}
