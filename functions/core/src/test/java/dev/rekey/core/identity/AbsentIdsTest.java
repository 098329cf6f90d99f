package dev.rekey.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.RandomItems;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class AbsentIdsTest {
    private static final Path VECTORS = Path.of("../../docs/reference/identity-vectors.json");
    private static final long SEED = 77;

    private static AbsentIds ids(String plan, String family, KeyType type) {
        return AbsentIds.of(new PlanName(plan), new Family(new FamilyName(family), new IdentityRule.Keep(), type));
    }

    @TestFactory
    Stream<DynamicTest> vectors() throws IOException {
        var vectors = new ObjectMapper().readTree(VECTORS.toFile()).get("created");
        assertThat(vectors.size()).isGreaterThan(15);
        return StreamSupport.stream(vectors.spliterator(), false)
                .map(vector -> DynamicTest.dynamicTest(vector.toString(), () -> check(vector)));
    }

    private static void check(JsonNode vector) {
        var plan = vector.get("plan").asText();
        var family = vector.get("family").asText();
        var type = KeyType.valueOf(vector.get("type").asText());
        var values = new ArrayList<OldId>();
        vector.get("values")
                .forEach(value -> values.add((OldId) OldId.ofWritten(
                        KeyType.valueOf(value.get("type").asText()),
                        value.get("value").asText())));
        var expected = new OldId(type, vector.get("id").asText());
        if (vector.has("table")) {
            var table = vector.get("table").asText();
            assertThat(ids(plan, family, type).ofRecord(new TableName(table), values))
                    .isEqualTo(expected);
            assertThat(PlainDerivation.createdId(plan, family, type, List.of("record", table), values))
                    .isEqualTo(expected.canonical());
        } else {
            assertThat(ids(plan, family, type).per(values.getFirst())).isEqualTo(expected);
            assertThat(PlainDerivation.createdId(plan, family, type, List.of("per"), values))
                    .isEqualTo(expected.canonical());
        }
    }

    /** Each of plan, family, table, key and value of {@code per} makes another id, and the same ones the same id. */
    @ParameterizedTest
    @EnumSource
    void differentCausesGetDifferentIdsOfTheFamilysType(KeyType type) {
        var items = new RandomItems(new Random(SEED));
        var causes = new HashMap<OldId, String>();
        for (int i = 0; i < 400; i++) {
            var value = value(items, i);
            for (var plan : List.of("p", "q", "per")) {
                for (var family : List.of("A", "B")) {
                    var cause = plan + " " + family + " " + value;
                    note(causes, ids(plan, family, type).per(value), cause + " per", type);
                    for (var table : List.of("A", "T")) {
                        var key = List.of(value);
                        note(
                                causes,
                                ids(plan, family, type).ofRecord(new TableName(table), key),
                                cause + " of " + table,
                                type);
                        note(
                                causes,
                                ids(plan, family, type)
                                        .ofRecord(new TableName(table), List.of(value, new OldId(KeyType.S, "s"))),
                                cause + " and s of " + table,
                                type);
                    }
                }
            }
        }
        assertThat(causes.size()).isGreaterThan(4_000);
    }

    private static void note(Map<OldId, String> causes, OldId id, String cause, KeyType type) {
        assertThat(id.type()).isEqualTo(type);
        assertThat(OldId.read(type, id.value())).isEqualTo(id);
        assertThat(causes.merge(id, cause, (first, _) -> first))
                .as("seed %d", SEED)
                .isEqualTo(cause);
    }

    private static OldId value(RandomItems items, int i) {
        var value = switch (i % 3) {
            case 0 -> AttributeValue.fromS("s" + items.text());
            case 1 -> AttributeValue.fromN(items.number());
            default -> AttributeValue.fromB(items.binary());
        };
        return OldId.read(KeyType.valueOf(value.type().name()), value) instanceof OldId id
                ? id
                : new OldId(KeyType.S, "empty" + i);
    }
}
