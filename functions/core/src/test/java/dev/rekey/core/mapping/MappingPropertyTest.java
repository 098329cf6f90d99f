package dev.rekey.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.item.RandomItems;
import dev.rekey.core.mapping.MappingOutcome.Mapped;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class MappingPropertyTest {
    private static final long SEED = 77;
    private static final int SAMPLES = 500;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REFERENCES = """
        "references": {"s": "C", "m.a": "C", "l[]": "C", "l[].x": "C", "ss[]": "C", "k{}": "C", "j|json.a": "C",
                       "j|json.l[]": "C", "j|json.k{}": "C", "n": "N", "ns[]": "N", "bs[]": "B"}\
        """;

    private final Random random = new Random(SEED);
    private final RandomItems items = new RandomItems(random);

    private static RecordMapping mapping(String rule) throws IOException {
        var plan = """
            {"rule": "%1$s", "families": {"C": "%1$s S", "N": "%1$s N", "B": "%1$s B"}, %2$s}\
            """.formatted(rule, REFERENCES);
        return new CompactPlan(JSON.readTree(plan)).mapping();
    }

    /** A random item in which all the places of {@link #REFERENCES} hold what they may. */
    private Map<String, AttributeValue> record() {
        var record = new HashMap<>(items.item());
        record.put("id", text());
        record.put("s", text());
        record.put("m", AttributeValue.fromM(Map.of("a", text(), "other", items.value())));
        record.put("l", AttributeValue.fromL(List.of(text(), AttributeValue.fromM(Map.of("x", text(), "y", text())))));
        record.put("ss", AttributeValue.fromSs(List.of("a" + items.text(), "b" + items.text())));
        record.put("k", AttributeValue.fromM(Map.of("a" + items.text(), items.value(), "b", items.value())));
        record.put("n", AttributeValue.fromN(items.number()));
        record.put("ns", AttributeValue.fromNs(List.of("1.5", "2" + random.nextInt(1_000))));
        record.put("bs", AttributeValue.fromBs(List.of(items.binary())));
        record.put("j", AttributeValue.fromS(json().toString()));
        return record;
    }

    private AttributeValue text() {
        return AttributeValue.fromS("t" + items.text());
    }

    private ObjectNode json() {
        var node = JSON.createObjectNode();
        var names = new ArrayList<>(List.of("a", "l", "k", "x", "y", "é\"\\"));
        Collections.shuffle(names, random);
        for (var name : names) {
            switch (name) {
                case "a" -> node.put(name, "v" + items.text());
                case "l" ->
                    node.putArray(name).add("w" + items.text()).addNull().add("");
                case "k" -> node.putObject(name).set("z" + items.text(), tree(3));
                default -> node.set(name, tree(3));
            }
        }
        return node;
    }

    private JsonNode tree(int depth) {
        var nodes = JSON.getNodeFactory();
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> nodes.textNode(items.text());
            case 1 -> nodes.numberNode(new BigDecimal(items.number()));
            case 2 -> nodes.booleanNode(random.nextBoolean());
            case 3 -> nodes.nullNode();
            case 4 -> nodes.arrayNode().add(tree(depth - 1)).add(tree(depth - 1));
            default ->
                nodes.objectNode()
                        .<ObjectNode>set(items.text(), tree(depth - 1))
                        .set("a", tree(depth - 1));
        };
    }

    private static Map<String, AttributeValue> mapped(RecordMapping mapping, Map<String, AttributeValue> record) {
        return switch (mapping.map(record)) {
            case Mapped(var item) -> item;
            case MappingOutcome other -> throw new AssertionError("seed " + SEED + ": " + other);
        };
    }

    @Test
    void keptIdsLeaveEveryRecordAsItIs() throws IOException {
        var mapping = mapping("keep");
        for (var i = 0; i < SAMPLES; i++) {
            var record = record();
            assertThat(mapped(mapping, record))
                    .as("seed %d, record %d", SEED, i)
                    .isEqualTo(record);
        }
    }

    @Test
    void onlyThePlacesOfThePlanChangeAndTypesNever() throws IOException {
        var mapping = mapping("derive");
        for (var i = 0; i < SAMPLES; i++) {
            var record = record();
            var before = new HashMap<>(record);
            var item = mapped(mapping, record);
            assertThat(record).isEqualTo(before);
            assertThat(item.keySet()).isEqualTo(record.keySet());
            var places = List.of("id", "s", "m", "l", "ss", "k", "n", "ns", "bs", "j");
            for (var name : record.keySet()) {
                var description = "seed " + SEED + ", record " + i + ", attribute " + name;
                assertThat(item.get(name).type())
                        .as(description)
                        .isEqualTo(record.get(name).type());
                if (!places.contains(name)) {
                    assertThat(item.get(name)).as(description).isEqualTo(record.get(name));
                }
            }
            assertThat(item.get("m").m().get("other"))
                    .isEqualTo(record.get("m").m().get("other"));
            assertThat(item.get("k").m().values())
                    .containsExactlyInAnyOrderElementsOf(record.get("k").m().values());
        }
    }

    @Test
    void jsonKeepsEverythingElse() throws IOException {
        var mapping = mapping("derive");
        for (var i = 0; i < SAMPLES; i++) {
            var record = record();
            var old = (ObjectNode) JSON.readTree(record.get("j").s());
            var now =
                    (ObjectNode) JSON.readTree(mapped(mapping, record).get("j").s());
            assertThat(now.propertyStream().map(Map.Entry::getKey))
                    .as("seed %d, record %d", SEED, i)
                    .containsExactlyElementsOf(
                            old.propertyStream().map(Map.Entry::getKey).toList());
            assertThat(now.get("a")).isNotEqualTo(old.get("a"));
            assertThat(now.get("k").elements().next())
                    .isEqualTo(old.get("k").elements().next());
            old.remove(List.of("a", "l", "k"));
            now.remove(List.of("a", "l", "k"));
            assertThat(now.toString()).as("seed %d, record %d", SEED, i).isEqualTo(old.toString());
        }
    }

    @Test
    void theSameRecordAlwaysGivesTheSameReferences() throws IOException {
        var one = mapping("derive");
        var other = mapping("keep");
        for (var i = 0; i < SAMPLES; i++) {
            var record = record();
            assertThat(one.references(record)).isEqualTo(other.references(record));
            assertThat(one.references(record))
                    .hasSizeGreaterThanOrEqualTo(10)
                    .noneMatch(ReferenceUse.Unusable.class::isInstance);
        }
    }
}
