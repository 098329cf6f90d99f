package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.rekey.core.item.Followers;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.Throughput;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.analyze.Evidence;
import dev.rekey.engine.analyze.ReferenceStatistics;
import dev.rekey.engine.analyze.Survey;
import dev.rekey.engine.analyze.TableStatistics;
import dev.rekey.engine.analyze.TableStatistics.Attribute;
import dev.rekey.engine.analyze.TableStatistics.Because;
import dev.rekey.engine.analyze.Undeclared;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.segment.Sizes;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What an analysis counts. */
final class SurveyTest {
    private final World world = new World();

    private Analysis analyze(String plan) {
        return analyze(plan, Optional.empty());
    }

    private Analysis analyze(String plan, Optional<Integer> sample) {
        return migration(plan, sample, "analysis").validate();
    }

    private Migration migration(String plan, Optional<Integer> sample, String name) {
        var start = new Start(world, name)
                .asking(new RunOptions(Optional.empty(), Optional.empty(), Optional.empty(), false, sample, Scope.ALL));
        return new Migration(world, plan, start, start.ready(Action.ANALYZE, plan));
    }

    private static TableStatistics census(Survey survey, String table) {
        return survey.census().stream()
                .filter(one -> one.table().value().equals(table))
                .findFirst()
                .orElseThrow();
    }

    private static ReferenceStatistics reference(Survey survey, String path) {
        return survey.references().stream()
                .filter(one -> one.declared().path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, AttributeValue> with(
            Map<String, AttributeValue> record, String name, AttributeValue value) {
        var more = new HashMap<>(record);
        more.put(name, value);
        return more;
    }

    private static String uuid(String of) {
        return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Forms, and never an id. */
    @Test
    void whatIdsLookLikeBeforeAndAfterIsSaid() {
        List.of("O", "K", "U", "M").forEach(table -> world.create(table, KeyType.S));
        world.create("N", KeyType.N);
        for (int i = 10; i < 30; i++) {
            world.load("src-O", record("id", "ORD-00" + i));
            world.load("src-K", record("id", "k" + i));
            world.load("src-U", record("id", uuid("u" + i)));
            world.load("src-M", record("id", i % 2 == 0 ? "ab-" + i : "abc-1" + i));
            world.load("src-N", Map.of("id", AttributeValue.fromN("" + i)));
        }
        var survey = analyze(Plans.of(
                        "O: {}",
                        "K: { identity: { rule: keep } }",
                        "U: {}",
                        "M: {}",
                        "N: { identity: { digits: 15 } }"))
                .survey();
        assertThat(survey.census())
                .extracting(one -> one.table() + ": " + one.ids().orElseThrow().words())
                .containsExactlyInAnyOrder(
                        "O: derive AAA-0000 > UUID",
                        "K: keep a00",
                        "U: derive UUID",
                        "M: derive a-0 > UUID",
                        "N: derive number > up to 15 digits");
    }

    @Test
    void everyRecordOfEveryPageIsCounted() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        world.pageLimit(3);
        for (int i = 0; i < 10; i++) {
            world.load("src-A", record("id", "a" + i));
            var b = record("id", "b" + i, "a", "a" + i, "text", "x".repeat(10 * i));
            world.load("src-B", i < 4 ? with(b, "n", AttributeValue.fromN("1")) : b);
        }
        world.load("src-B", with(record("id", "b10", "n", "one"), "a", AttributeValue.fromNul(true)));
        var survey = analyze(Plans.of("A: {}", "B: { references: { a: A } }")).survey();
        assertThat(survey.sampled()).isEmpty();
        var b = census(survey, "B");
        assertThat(b.counted().records()).isEqualTo(11);
        assertThat(b.position().level()).isEqualTo(2);
        assertThat(b.position().because())
                .containsExactly(
                        new Because("a", b.position().because().getFirst().table(), 1));
        assertThat(b.position().because().getFirst().table().value()).isEqualTo("A");
        assertThat(census(survey, "A").position().because()).isEmpty();
        assertThat(b.content().attributes())
                .containsExactly(
                        new Attribute("a", Map.of("S", 10L, "NULL", 1L), 0),
                        new Attribute("id", Map.of("S", 11L), 0),
                        new Attribute("n", Map.of("N", 4L, "S", 1L), 6),
                        new Attribute("text", Map.of("S", 10L), 1));
        assertThat(b.volume().targetSizes()).contains(new Sizes(44, 119, 169, 169));
    }

    @Test
    void referencesAreCountedWithTheirOrphansAndWhatTheFilterLeavesOut() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        world.load("src-A", record("id", "a1"));
        world.load("src-A", record("id", "a2", "old", "yes"));
        for (int i = 0; i < 3; i++) {
            world.load("src-B", record("id", "here" + i, "a", "a1"));
            world.load("src-B", record("id", "outside" + i, "a", "a2"));
        }
        world.load("src-B", record("id", "orphan", "a", "nobody"));
        world.load("src-B", record("id", "empty", "a", ""));
        world.load("src-B", with(record("id", "null"), "a", AttributeValue.fromNul(true)));
        world.load("src-B", record("id", "missing"));
        var plan = Plans.of(
                "A: { where: \"{% $not($exists($record.old)) %}\" }",
                "B: { references: { a: { family: A, onOrphan: keep } } }");
        var found = reference(analyze(plan).survey(), "a");
        assertThat(found.counted().values()).isEqualTo(7);
        assertThat(found.counted().distinct()).isEqualTo(3);
        assertThat(found.counted().empty()).isEqualTo(2);
        assertThat(found.counted().orphans()).isEqualTo(4);
        assertThat(found.counted().outsideFilter()).isEqualTo(3);
        assertThat(found.examples()).extracting(one -> one.id()).containsExactlyInAnyOrder("a2", "nobody");
        assertThat(found.examples()).allMatch(one -> one.record().startsWith("{\"id\""));
    }

    @Test
    void idsAreFoundWhereNobodyDeclaredThem() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        for (int i = 0; i < 20; i++) {
            var a = uuid("a" + i);
            world.load("src-A", record("id", a));
            var b = record(
                    "id", "b" + i,
                    "declared", a,
                    "plain", i < 15 ? a : uuid("nobody" + i),
                    "json", "{\"deep\":[{\"buyer\":\"" + a + "\"}]}",
                    "sk", "TENANT#" + a + "#ORDER#" + i);
            var nested = AttributeValue.fromM(Map.of("list", AttributeValue.fromL(List.of(AttributeValue.fromS(a)))));
            var byKey = AttributeValue.fromM(Map.of(a, AttributeValue.fromBool(true)));
            world.load("src-B", with(with(b, "map", nested), "byKey", byKey));
        }
        var analysis = analyze(Plans.of("A: {}", "B: { references: { declared: A } }"));
        var found = analysis.survey().undeclared();
        assertThat(found)
                .extracting(one -> one.at().path())
                .containsExactlyInAnyOrder("byKey{}", "json|json.deep[].buyer", "map.list[]", "plain", "sk");
        assertThat(found).allMatch(one -> one.evidence() == Evidence.STRONG && one.changes());
        assertThat(found)
                .filteredOn(one -> one.at().path().equals("plain"))
                .allMatch(one -> one.counted().equals(new Undeclared.Matching(20, 15, 15)));
        assertThat(found)
                .filteredOn(one -> one.at().path().equals("sk"))
                .allMatch(one -> one.at().part() == 2);
        assertThat(analysis.verdict()).isEqualTo(Readiness.NOT_READY);
        assertThat(analysis.problems()).extracting(Problem::id).containsOnly("reference.undeclared");
        assertThat(analysis.problems())
                .extracting(Problem::message)
                .anyMatch(text -> text.contains("15 of 20 values are ids of A, but no reference is declared"));
    }

    @Test
    void numbersThatAreIdsByAccidentAreWeakEvidenceAndNoProblem() {
        world.create("A", KeyType.N);
        world.create("B", KeyType.N);
        for (int i = 1; i <= 20; i++) {
            var id = AttributeValue.fromN("" + i);
            world.load("src-A", Map.of("id", id));
            world.load("src-B", Map.of("id", id, "quantity", AttributeValue.fromN("" + (i % 3 + 1)), "aId", id));
        }
        var plan = Plans.of(
                "A: { identity: { rule: derive, namespace: n, digits: 18 } }",
                "B: { identity: { rule: derive, namespace: n, digits: 18 } }");
        var analysis = analyze(plan);
        assertThat(analysis.survey().undeclared())
                .filteredOn(one -> one.at().path().equals("quantity"))
                .isNotEmpty()
                .allMatch(one -> one.evidence() == Evidence.WEAK
                        && one.counted().matched() == 20
                        && one.counted().distinct() == 3);
        assertThat(analysis.survey().undeclared().getFirst())
                .matches(one -> one.at().path().equals("aId") && one.evidence() == Evidence.STRONG);
        assertThat(analysis.problems()).hasSize(1);
    }

    @Test
    void aSampleSaysSoInEveryEntryAndCallsNothingAnOrphanThatItHasNotRead() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        for (int i = 0; i < 50; i++) {
            world.load("src-A", record("id", uuid("a" + i)));
            world.load("src-B", record("id", uuid("b" + i), "a", uuid("a" + (49 - i))));
        }
        world.load("src-B", record("id", "!first", "a", uuid("nobody")));
        var migration = migration(
                Plans.of("A: {}", "B: { references: { a: { family: A, onOrphan: keep } } }"),
                Optional.of(10),
                "sample");
        var analysis = migration.validate();
        var survey = analysis.survey();
        assertThat(survey.sampled()).contains(10);
        assertThat(survey.census())
                .allMatch(one -> one.counted().records() == 10 && one.sampled().equals(Optional.of(10)));
        assertThat(survey.references())
                .allMatch(one ->
                        one.sampled().equals(Optional.of(10)) && one.counted().orphans() <= 1);
        assertThat(survey.forecast().sampled()).contains(10);
        assertThat(survey.forecast().consumption().writeUnits()).isBetween(95L, 105L);
        assertThat(analysis.message()).contains("a sample of 10 records");
        assertThat(migration.report(RunOutcome.ANALYZED).work().survey()).contains(survey);
    }

    @Test
    void aValidationDoesNotLookForUndeclaredReferences() {
        world.create("A", KeyType.S);
        world.load("src-A", record("id", uuid("1")));
        world.load("src-A", record("id", uuid("2"), "other", uuid("1")));
        var start = new Start(world, "validation");
        var analysis = new Migration(world, Plans.ONE, start, start.ready(Action.VALIDATE, Plans.ONE)).validate();
        assertThat(analysis.survey().undeclared()).isEmpty();
        assertThat(analysis.survey().forecast().consumption().writeUnits()).isEqualTo(2);
    }

    @Test
    void theForecastTakesAsLongAsTheTablesBear() {
        world.create("A", KeyType.S);
        var much = new Throughput(Optional.of(12_000L), Optional.of(4_000L));
        world.memory().createTable(World.shape("src-A", KeyType.S).bearing(much));
        world.fill("src-A", 100);
        world.memory()
                .createTable(
                        World.shape("dst-A", KeyType.S).bearing(new Throughput(Optional.of(1_000L), Optional.of(2L))));
        var forecast = analyze(Plans.ONE).survey().forecast();
        assertThat(forecast.limitedBy()).isEqualTo("the capacity of a table");
        assertThat(forecast.seconds()).isGreaterThan(50);
    }

    @Test
    void theForecastCountsReplicas() {
        world.create("A", KeyType.S);
        world.fill("src-A", 100);
        var alone = analyze(Plans.ONE).survey().forecast();
        world.memory()
                .createTable(World.shape("dst-A", KeyType.S)
                        .followedBy(new Followers(List.of("us-east-1", "us-west-2"), true, false)));
        var replicated = migration(Plans.ONE, Optional.empty(), "replicated")
                .validate()
                .survey()
                .forecast();
        assertThat(alone.consumption().replicaWriteUnits()).isEmpty();
        assertThat(replicated.consumption().writeUnits()).isEqualTo(100);
        assertThat(replicated.consumption().replicaWriteUnits()).contains(200L);
        assertThat(replicated.price().writes()).isCloseTo(300 * 0.625e-6, withPercentage(0.01));
    }

    @Test
    void theForecastKeepsThePlansLimitsAndNamesItsPrices() {
        world.create("A", KeyType.S);
        world.fill("src-A", 100);
        var free = analyze(Plans.ONE).survey().forecast();
        var limited = migration("limits: { writeUnitsPerSecond: 2 }\n" + Plans.ONE, Optional.empty(), "limited")
                .validate()
                .survey()
                .forecast();
        assertThat(free.limitedBy()).isEqualTo("the workflow's own steps");
        assertThat(limited.limitedBy()).isEqualTo("writeUnitsPerSecond 2 of the plan");
        assertThat(limited.seconds()).isBetween(50L, 52 + free.seconds());
        assertThat(limited.consumption().writeUnits()).isEqualTo(100);
        var price = limited.price();
        assertThat(price.list().region()).isEqualTo("us-east-1");
        assertThat(price.writes()).isCloseTo(100 * 0.625e-6, withPercentage(0.01));
        assertThat(price.total())
                .isCloseTo(
                        price.reads() + price.writes() + price.objects() + price.transitions() + price.functions(),
                        withPercentage(0.01));
        assertThat(limited.assumptions()).isNotEmpty();
    }
}
