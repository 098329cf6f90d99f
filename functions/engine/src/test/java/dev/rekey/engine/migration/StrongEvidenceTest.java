package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Readiness;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Ids that do not look made by chance, where a plan forgets them. */
final class StrongEvidenceTest {
    private static final String NUMBERS = " identity: { rule: derive, namespace: n, digits: 15 }";

    private final World world = new World();
    private int analyses;

    private Analysis analyze(String... tables) {
        var plan = Plans.of(tables);
        var start = new Start(world, "analysis-" + ++analyses);
        return new Migration(world, plan, start, start.ready(Action.ANALYZE, plan)).validate();
    }

    private void keyed(String name, KeyAttribute partition, Optional<KeyAttribute> sort) {
        for (var side : List.of("src-", "dst-")) {
            world.memory()
                    .createTable(new TableShape(
                            new PhysicalTable(side + name), "000000000000", "eu-west-1", partition, sort, Map.of()));
        }
    }

    private static AttributeValue n(int number) {
        return AttributeValue.fromN("" + number);
    }

    private static String part(int number) {
        return "part-%04d".formatted(number);
    }

    private void load(String table, Map<String, AttributeValue> record, String name, AttributeValue value) {
        var more = new HashMap<>(record);
        more.put(name, value);
        world.load(table, more);
    }

    private static void assertRefused(Analysis analysis, String path) {
        assertThat(analysis.problems())
                .extracting(Problem::id, Problem::path, Problem::severity)
                .containsExactly(tuple("reference.undeclared", path, Severity.ERROR));
        assertThat(analysis.verdict()).isEqualTo(Readiness.NOT_READY);
    }

    private void suppliers(int number) {
        keyed("Vendors", new KeyAttribute("supplierNo", KeyType.N), Optional.empty());
        world.create("Goods", KeyType.S);
        IntStream.rangeClosed(1, number).forEach(i -> world.load("src-Vendors", Map.of("supplierNo", n(i))));
    }

    @Test
    void aNumberOfWhichTheNameIsThatOfAnotherTablesKeyIsAReference() {
        suppliers(3);
        for (int i = 0; i < 5; i++) {
            load("src-Goods", record("id", "g" + i), "supplierNo", n(i % 3 + 1));
        }
        assertRefused(analyze("Vendors: {" + NUMBERS + " }", "Goods: {}"), "tables.Goods.references.supplierNo");
        assertThat(analyze("Vendors: {" + NUMBERS + " }", "Goods: { references: { supplierNo: Vendors } }")
                        .verdict())
                .isEqualTo(Readiness.READY);
    }

    @Test
    void oneValueThatIsNobodysIdMakesItAWarning() {
        suppliers(40);
        for (int i = 1; i <= 41; i++) {
            load("src-Goods", record("id", "g" + i), "supplierNo", n(i));
        }
        var analysis = analyze("Vendors: {" + NUMBERS + " }", "Goods: {}");
        assertThat(analysis.problems())
                .extracting(Problem::id, Problem::severity)
                .containsExactly(tuple("reference.undeclared", Severity.WARNING));
    }

    @Test
    void aNumberThatIsNamedAfterNothingIsNone() {
        suppliers(40);
        for (int i = 1; i <= 40; i++) {
            load("src-Goods", record("id", "g" + i), "pieces", n(i));
        }
        assertThat(analyze("Vendors: {" + NUMBERS + " }", "Goods: {}").problems())
                .isEmpty();
    }

    @Test
    void manyIdsAreAReferenceWhateverTheirNameInListsAndInKeysOfMapsToo() {
        world.create("Parts", KeyType.S);
        world.create("Stores", KeyType.S);
        for (int i = 0; i < 30; i++) {
            world.load("src-Parts", record("id", part(i)));
        }
        var some = IntStream.range(0, 20).mapToObj(StrongEvidenceTest::part).toList();
        var byPart = new HashMap<String, AttributeValue>();
        some.forEach(id -> byPart.put(id, AttributeValue.fromBool(true)));
        world.load(
                "src-Stores",
                Map.of(
                        "id",
                        AttributeValue.fromS("s"),
                        "stock",
                        AttributeValue.fromM(byPart),
                        "sold",
                        AttributeValue.fromL(
                                some.stream().map(AttributeValue::fromS).toList()),
                        "set",
                        AttributeValue.fromSs(some),
                        "fewer",
                        AttributeValue.fromSs(some.subList(1, 20))));
        assertThat(analyze("Parts: {}", "Stores: {}").problems())
                .extracting(Problem::path, Problem::severity)
                .containsExactlyInAnyOrder(
                        tuple("tables.Stores.references.sold[]", Severity.ERROR),
                        tuple("tables.Stores.references.set[]", Severity.ERROR),
                        tuple("tables.Stores.references.stock{}", Severity.ERROR));
        assertThat(analyze("Parts: {}", "Stores: { checks: { accept: [\"sold[]\", \"set[]\", \"stock{}\"] } }")
                        .verdict())
                .isEqualTo(Readiness.READY);
    }

    @Test
    void shortWordsAndTimesMatchByAccident() {
        world.create("Codes", KeyType.S);
        world.create("Days", KeyType.S);
        world.create("Visits", KeyType.S);
        for (int i = 10; i < 31; i++) {
            world.load("src-Codes", record("id", "c" + i));
            world.load("src-Days", record("id", "2026-01-" + i));
            world.load("src-Visits", record("id", "visit-" + i, "on", "2026-01-" + i, "by", "c" + i));
        }
        assertThat(analyze("Codes: {}", "Days: {}", "Visits: {}").problems()).isEmpty();
    }

    @Test
    void aKeyThatHoldsIdsOfAnotherTableIsNotTheRecordsOwn() {
        keyed("Orders", new KeyAttribute("orderId", KeyType.S), Optional.empty());
        keyed("Lines", new KeyAttribute("order", KeyType.S), Optional.of(new KeyAttribute("line", KeyType.N)));
        for (int i = 0; i < 20; i++) {
            world.load("src-Orders", record("orderId", part(i)));
            load("src-Lines", record("order", part(i)), "line", n(1));
            load("src-Lines", record("order", part(i)), "line", n(2));
        }
        assertRefused(analyze("Orders: {}", "Lines: {}"), "tables.Lines.key.order");
        for (var decided : List.of("key: { order: Orders, line: keep }", "checks: { accept: [order] }")) {
            assertThat(analyze("Orders: {}", "Lines: { " + decided + " }").verdict())
                    .isEqualTo(Readiness.READY);
        }
    }

    @Test
    void whoKeepsAKeyHasDecidedAboutTheIdsInIt() {
        world.create("Parts", KeyType.S);
        keyed("Stock", new KeyAttribute("place", KeyType.S), Optional.of(new KeyAttribute("what", KeyType.S)));
        for (int i = 0; i < 30; i++) {
            world.load("src-Parts", record("id", part(i)));
            world.load("src-Stock", record("place", "p" + i, "what", part(i)));
        }
        assertThat(analyze("Parts: {}", "Stock: { key: { place: self, what: keep } }")
                        .problems())
                .isEmpty();
    }

    @Test
    void weakEvidenceIsCutOffAndStrongEvidenceNever() {
        world.create("Parts", KeyType.S);
        world.create("Wide", KeyType.S);
        for (int i = 0; i < 25; i++) {
            world.load("src-Parts", record("id", part(i)));
            var wide = new HashMap<>(record("id", "w" + i));
            for (int attribute = 0; attribute < 210; attribute++) {
                wide.put("a" + attribute, AttributeValue.fromS(part(i)));
            }
            world.load("src-Wide", wide);
        }
        assertThat(analyze("Parts: {}", "Wide: {}").problems()).hasSize(210);
    }
}
