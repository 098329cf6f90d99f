package dev.rekey.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.identity.PlainDerivation;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.RandomItems;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.mapping.InPlaceOutcome.Nothing;
import dev.rekey.core.mapping.InPlaceOutcome.Update;
import dev.rekey.core.mapping.MappingOutcome.Mapped;
import dev.rekey.core.mapping.MappingOutcome.Unmappable;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A record without a reference gets the id that the definition gives, in place and in a copy, and keeps it. */
class AbsentReferencePropertyTest {
    private static final int RECORDS = 1_500;

    private static PlannedTable planned(String mode, boolean per, boolean renamed) throws IOException {
        return new PlannedTable(new ObjectMapper()
                .readTree("""
                    {"mode": "%s", "shape": "id:S at:N", "table": {
                      "references": {"c": {"family": "C", "onAbsent": {"create": {"name": "n"}%s}}},
                      "rename": {%s}}}
                    """.formatted(mode, per ? ", \"per\": \"t\"" : "", renamed ? "\"c\": \"d\"" : "")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anAbsentReferenceIsFilledOnce(long seed) throws IOException {
        var random = new Random(seed);
        var items = new RandomItems(random);
        var per = seed % 2 == 0;
        var renamed = seed > 2;
        var inPlace = planned("inPlace", per, renamed).inPlace();
        var copying = planned("copy", per, renamed).copying();
        var seen = new HashSet<String>();
        for (int i = 0; i < RECORDS; i++) {
            var record = record(random, items);
            var context = "seed %d, record %s".formatted(seed, TypedJson.text(record));
            var absent = !hasId(record, "c") && !(renamed && hasId(record, "d"));
            var value = per ? id(record.get("t")) : Optional.of(new OldId(KeyType.S, "any"));
            if (absent && value.isEmpty()) {
                seen.add("per missing");
                for (Object outcome : List.of(inPlace.map(record), copying.map(record))) {
                    assertThat(outcome)
                            .as(context)
                            .isInstanceOfSatisfying(
                                    Unmappable.class,
                                    failure -> assertThat(failure.id()).isEqualTo("mapping.per-missing"));
                }
            } else if (absent) {
                seen.add("filled");
                var expected = AttributeValue.fromS(per ? forAll(value.get()) : forOne(record));
                var update = (Update) inPlace.map(record);
                var after = update.appliedTo(record);
                assertThat(after).as(context).containsEntry(renamed ? "d" : "c", expected);
                assertThat(inPlace.map(after)).as(context).isEqualTo(new Nothing());
                assertThat(update.touched().keySet()).as(context).isSubsetOf(Set.of("c", "d"));
                copied(copying, record, renamed, expected, context);
            } else if (!renamed) {
                seen.add("there");
                assertThat(inPlace.map(record)).as(context).isEqualTo(new Nothing());
                copied(copying, record, false, record.get("c"), context);
            }
        }
        assertThat(seen).contains("filled").hasSizeGreaterThan(per || !renamed ? 1 : 0);
    }

    private static void copied(
            RecordMapping copying,
            Map<String, AttributeValue> record,
            boolean renamed,
            AttributeValue expected,
            String context) {
        // In a copy, two attributes cannot have one name.
        if (!renamed || !record.containsKey("d")) {
            assertThat(copying.map(record))
                    .as(context)
                    .isInstanceOfSatisfying(
                            Mapped.class,
                            mapped -> assertThat(mapped.item()).containsEntry(renamed ? "d" : "c", expected));
        }
    }

    private static String forAll(OldId value) {
        return PlainDerivation.createdId("p", "C", KeyType.S, List.of("per"), List.of(value));
    }

    private static String forOne(Map<String, AttributeValue> record) {
        return PlainDerivation.createdId(
                "p",
                "C",
                KeyType.S,
                List.of("record", "T"),
                List.of(id(record.get("id")).orElseThrow(), id(record.get("at")).orElseThrow()));
    }

    private static boolean hasId(Map<String, AttributeValue> record, String attribute) {
        return id(record.get(attribute)).isPresent();
    }

    private static Optional<OldId> id(AttributeValue value) {
        return value != null
                        && value.type() != AttributeValue.Type.NUL
                        && OldId.read(KeyType.valueOf(value.type().name()), value) instanceof OldId id
                ? Optional.of(id)
                : Optional.empty();
    }

    private static Map<String, AttributeValue> record(Random random, RandomItems items) {
        var record = new HashMap<>(items.item());
        record.put("id", AttributeValue.fromS("x" + random.nextInt(100)));
        record.put("at", AttributeValue.fromN(items.number()));
        for (var name : List.of("c", "d")) {
            switch (random.nextInt(6)) {
                case 0 -> record.put(name, AttributeValue.fromNul(true));
                case 1 -> record.put(name, AttributeValue.fromS(""));
                case 2 -> record.put(name, AttributeValue.fromS("c" + random.nextInt(9)));
                default -> record.remove(name);
            }
        }
        switch (random.nextInt(7)) {
            case 0 -> record.put("t", AttributeValue.fromNul(true));
            case 1 -> record.put("t", AttributeValue.fromS(""));
            case 2 -> record.remove("t");
            case 3 -> record.put("t", AttributeValue.fromN(items.number()));
            case 4 ->
                record.put("t", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {(byte) random.nextInt()})));
            default -> record.put("t", AttributeValue.fromS("t" + random.nextInt(9)));
        }
        return record;
    }
}
