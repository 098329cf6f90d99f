package dev.rekey.core.identity;

import dev.rekey.core.item.SameContent;
import dev.rekey.core.plan.MappingSource.OfTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The entries of a mapping in a table: one for each record. */
public record MappingRecords(OfTable source, MappingBuilder builder) {
    /** What is read of a record, without repetition. */
    public List<String> attributes() {
        var columns = Stream.of(source.columns().from(), source.columns().to());
        return Stream.concat(columns, source.where().keySet().stream())
                .distinct()
                .toList();
    }

    /** Adds the entry of a record, unless {@code where} leaves it out. */
    public Optional<MappingFault> add(Map<String, AttributeValue> record) {
        return counts(record)
                ? builder.add(
                        value(record, source.columns().from()),
                        value(record, source.columns().to()))
                : Optional.empty();
    }

    private boolean counts(Map<String, AttributeValue> record) {
        return source.where().entrySet().stream()
                .allMatch(one -> value(record, one.getKey())
                        .filter(value -> SameContent.same(value, one.getValue()))
                        .isPresent());
    }

    private static Optional<AttributeValue> value(Map<String, AttributeValue> record, String attribute) {
        return Optional.ofNullable(record.get(attribute));
    }
}
