package dev.rekey.bench;

import dev.rekey.examples.ExampleRecord;
import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.ExampleTable.Attribute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Records of about the same size, whose references name others of their table; the same arguments give the same records.
 *
 * @param perTable how many records a table has at most
 */
record SizedRecords(int records, int bytes, int perTable) {
    static final String PLAN = "bench";

    /** Five, as the records of real tables have. */
    private static final List<String> REFERENCES = List.of("parentId", "ownerId", "firstId", "lastId", "createdById");

    private static final long SEED = 20_260_101;
    /** What the attributes beside the content take. */
    private static final int OTHER_BYTES = 300;

    List<ExampleTable> tables() {
        return IntStream.range(0, Math.ceilDiv(records, perTable))
                .mapToObj(table ->
                        ExampleTable.of("Items%04d".formatted(table), new Attribute("id", ScalarAttributeType.S)))
                .toList();
    }

    Stream<ExampleRecord> all() {
        var names = tables().stream().map(ExampleTable::name).toList();
        return IntStream.range(0, records).mapToObj(index -> record(names.get(index / perTable), index));
    }

    String plan(String source, String target) {
        var plan = new StringBuilder("""
            plan: %s
            source: { tables: "{table}%s" }
            target: { tables: "{table}%s" }
            identity: { rule: derive, namespace: bench }
            tables:
            """.formatted(PLAN, source, target));
        for (var table : tables()) {
            var references =
                    REFERENCES.stream().map(name -> name + ": " + table.name()).collect(Collectors.joining(", "));
            plan.append("  %s: { references: { %s } }\n".formatted(table.name(), references));
        }
        return plan.toString();
    }

    private ExampleRecord record(String table, int index) {
        var random = new SplittableRandom(SEED + index);
        int first = index - index % perTable;
        int others = Math.min(perTable, records - first);
        var item = new LinkedHashMap<String, AttributeValue>();
        item.put("id", AttributeValue.fromS(id(index)));
        for (var reference : REFERENCES) {
            item.put(reference, AttributeValue.fromS(id(first + random.nextInt(others))));
        }
        item.put("amount", AttributeValue.fromN(Long.toString(random.nextLong(1_000_000))));
        item.put("active", AttributeValue.fromBool(random.nextBoolean()));
        var content = new byte[Math.max(1, bytes - OTHER_BYTES)];
        random.nextBytes(content);
        item.put("content", AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(content)));
        return new ExampleRecord(table, item);
    }

    private static String id(int index) {
        return new UUID(index * 0x9E3779B97F4A7C15L, SEED).toString();
    }
}
