package dev.rekey.local.migration;

import static dev.rekey.local.migration.SmallWorld.n;
import static dev.rekey.local.migration.SmallWorld.s;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Every value that DynamoDB can hold arrives as it was; what cannot arrive is said before the first write. */
final class FidelityTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final KeyAttribute ID = new KeyAttribute("id", KeyType.S);
    private static final KeyAttribute SORT = new KeyAttribute("sort", KeyType.S);
    private static final int LARGEST_ITEM = 400 * 1024;
    private static final int LARGEST_SORT_KEY = 1024;

    private final WholeStack stack = WholeStack.started();
    private final String name = "fidelity" + NUMBER.incrementAndGet();

    private void create(String table, KeyAttribute... keys) {
        for (var side : List.of("dev", "prod")) {
            SmallWorld.createTable(stack.db(), table + "-" + name + "-" + side, List.of(keys));
        }
    }

    private void put(String table, Map<String, AttributeValue> item) {
        stack.db().putItem(r -> r.tableName(table + "-" + name + "-dev").item(item));
    }

    private List<Map<String, AttributeValue>> items(String table, String side) {
        return stack.db()
                .scan(r -> r.tableName(table + "-" + name + "-" + side))
                .items();
    }

    private DescribeExecutionResponse migrate(String tables) {
        var plan = """
            plan: fidelity
            source: { tables: "{table}-%1$s-dev" }
            target: { tables: "{table}-%1$s-prod" }
            identity: { rule: derive, namespace: prod }
            tables:
            %2$s
            """.formatted(name, tables.indent(2));
        ObjectNode input = JSON.createObjectNode();
        return stack.run(input.put("action", "migrate").put("plan", plan).put("confirm", "fidelity"));
    }

    static Stream<Arguments> values() {
        var deep = s("leaf");
        for (int level = 0; level < 31; level++) {
            deep = level % 2 == 0 ? AttributeValue.fromL(List.of(deep)) : AttributeValue.fromM(Map.of("m", deep));
        }
        var bytes = SdkBytes.fromByteArray(new byte[] {0, -1, 127, -128});
        return Stream.of(
                Arguments.of("38 digits", n("12345678901234567890123456789012345678")),
                Arguments.of("38 digits behind the point", n("-0.12345678901234567890123456789012345678")),
                Arguments.of("the largest", n("9.9999999999999999999999999999999999999E+125")),
                Arguments.of("the least", n("-9.9999999999999999999999999999999999999E+125")),
                Arguments.of("the smallest", n("1E-130")),
                Arguments.of("the smallest below zero", n("-1E-130")),
                Arguments.of("zeros at the end", n("1.500")),
                Arguments.of("an exponent", n("1E2")),
                Arguments.of("minus zero", n("-0")),
                Arguments.of("an empty string", s("")),
                Arguments.of("letters beyond the plane", s("\uD83D\uDE00 e\u0301 \u00e9")),
                Arguments.of("a binary", AttributeValue.fromB(bytes)),
                Arguments.of("an empty binary", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[0]))),
                Arguments.of("null", AttributeValue.fromNul(true)),
                Arguments.of("false", AttributeValue.fromBool(false)),
                Arguments.of("a set of strings", AttributeValue.fromSs(List.of("b", "a", ""))),
                Arguments.of("a set of numbers", AttributeValue.fromNs(List.of("1E2", "-0.5", "99999999999999999999"))),
                Arguments.of(
                        "a set of binaries",
                        AttributeValue.fromBs(List.of(bytes, SdkBytes.fromByteArray(new byte[] {1})))),
                Arguments.of("an empty list", AttributeValue.fromL(List.of())),
                Arguments.of("an empty map", AttributeValue.fromM(Map.of())),
                Arguments.of("32 levels", deep));
    }

    /** One migration for all values: each is a record of its own. */
    @Test
    void everyValueArrivesAsItWas() throws Exception {
        create("All", ID);
        values().forEach(one -> put(
                "All", Map.of("id", s((String) one.get()[0]), "value", (AttributeValue) one.get()[1], "name", s((String)
                        one.get()[0]))));

        var migrated = migrate("All: {}");

        assertThat(migrated.status()).as(migrated.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        var source = byName(items("All", "dev"));
        assertThat(byName(items("All", "prod"))).isEqualTo(source).hasSize((int) values().count());
    }

    private static Map<String, AttributeValue> byName(List<Map<String, AttributeValue>> items) {
        var all = new HashMap<String, AttributeValue>();
        items.forEach(item -> all.put(item.get("name").s(), item.get("value")));
        return all;
    }

    @Test
    void keysAsLongAsTheyMayBeArrive() {
        create("Long", ID, SORT);
        var item = Map.of("id", s("i"), "sort", s("x".repeat(LARGEST_SORT_KEY)));
        put("Long", item);
        var migrated = migrate("Long: { identity: { rule: keep } }");
        assertThat(migrated.status()).as(migrated.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(items("Long", "prod")).containsExactly(item);
    }

    @Test
    void aRecordThatTheNewIdsPushOverTheLimitIsSaidBeforeTheFirstWrite() {
        create("Owners", ID);
        create("Big", ID);
        put("Owners", Map.of("id", s("o")));
        var links = AttributeValue.fromL(Collections.nCopies(1_000, s("o")));
        int rest = "id".length() + "b".length() + "links".length() + 3 + 1_000 * (1 + "o".length()) + "text".length();
        put("Big", Map.of("id", s("b"), "links", links, "text", s("x".repeat(LARGEST_ITEM - rest))));

        var refused = migrate("Owners: {}\nBig: { references: { \"links[]\": Owners } }");

        assertThat(refused.error()).as(refused.cause()).isEqualTo("Rekey.NotReady");
        assertThat(refused.cause()).contains("mapping.item-too-large");
        assertThat(items("Owners", "prod")).isEmpty();
        assertThat(items("Big", "prod")).isEmpty();
    }

    @Test
    void twoRecordsWithOneNewIdAreSaidBeforeTheFirstWrite() {
        create("Few", new KeyAttribute("id", KeyType.N));
        for (int i = 0; i < 40; i++) {
            put("Few", Map.of("id", n(i)));
        }
        var refused = migrate("Few: { identity: { rule: derive, digits: 2 } }");
        assertThat(refused.error()).as(refused.cause()).isEqualTo("Rekey.NotReady");
        assertThat(refused.cause()).contains("identity.collision");
        assertThat(items("Few", "prod")).isEmpty();
    }

    @Test
    void anExpiredRecordIsNotBroughtBack() throws Exception {
        create("Sessions", ID);
        for (var side : List.of("dev", "prod")) {
            stack.db()
                    .updateTimeToLive(r -> r.tableName("Sessions-" + name + "-" + side)
                            .timeToLiveSpecification(
                                    t -> t.attributeName("expiresAt").enabled(true)));
        }
        var now = Instant.now();
        put(
                "Sessions",
                Map.of(
                        "id",
                        s("over"),
                        "expiresAt",
                        n(now.minus(Duration.ofHours(1)).getEpochSecond())));
        put(
                "Sessions",
                Map.of(
                        "id",
                        s("open"),
                        "expiresAt",
                        n(now.plus(Duration.ofHours(1)).getEpochSecond())));

        var migrated = migrate("Sessions: {}");

        assertThat(migrated.status()).as(migrated.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(JSON.readTree(migrated.output()).at("/counts/created").asLong())
                .isOne();
        assertThat(items("Sessions", "prod"))
                .singleElement()
                .satisfies(item -> assertThat(item).containsKey("expiresAt"));
    }
}
