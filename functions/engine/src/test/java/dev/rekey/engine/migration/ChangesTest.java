package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.ChangeList;
import dev.rekey.engine.analyze.RecordChange;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.ChangeDetail;
import dev.rekey.engine.run.ChangeKind;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.store.Documents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The list of what a migration would change. */
final class ChangesTest {
    private static final TableName A = new TableName("A");
    private static final String COPIED = Plans.of(
            "A: { where: { kept: true }, rename: { note: remark }, drop: [old], set: { tier: gold } }",
            "B: { references: { a: A, \"more[].a\": A } }");
    private static final String CHANGED =
            Plans.inPlace("A: { set: { y: done }, rename: { note: remark }, drop: [old] }");

    private final World world = new World();
    private int starts;

    ChangesTest() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
    }

    private static Map<String, AttributeValue> kept(Object... namesAndValues) {
        var record = new HashMap<String, AttributeValue>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            record.put((String) namesAndValues[i], AttributeValue.fromS((String) namesAndValues[i + 1]));
        }
        record.put("kept", AttributeValue.fromBool(true));
        return record;
    }

    private Migration analysis(String plan, ChangeDetail detail, Scope scope) {
        world.time().sleep(Duration.ofSeconds(1));
        var asked = RunOptions.within(scope).listing(Optional.of(detail));
        var start = new Start(world, "preview-" + starts++).asking(asked);
        var analysis = new Migration(world, plan, start, start.ready(Action.ANALYZE, plan));
        analysis.validate();
        return analysis;
    }

    /** A large table does not hide what happens to the small ones. */
    @Test
    void aFewLinesAreOfEveryTableAndKind() {
        for (int i = 0; i < 50; i++) {
            world.load("src-A", record("id", "a" + i, "gone", i == 49 ? "yes" : "no"));
        }
        for (int i = 0; i < 3; i++) {
            world.load("src-B", record("id", "b" + i));
        }
        var preview = analysis(Plans.of("A: { where: { gone: 'no' } }", "B: {}"), ChangeDetail.NAMES, Scope.ALL);
        var shown = new ArrayList<String>();
        new ChangeList(world.documents(world.invocation()), preview.manifest())
                .first(10, (_, _) -> true, one -> shown.add(one.table() + " " + one.kind()));
        assertThat(shown).hasSize(10).contains("A LEAVE_OUT");
        assertThat(shown).filteredOn("B CREATE"::equals).hasSize(3);
        assertThat(shown).filteredOn("A CREATE"::equals).hasSize(6);

        for (int most : List.of(1, 2, 4, 5, 53)) {
            shown.clear();
            new ChangeList(world.documents(world.invocation()), preview.manifest())
                    .first(most, (_, _) -> true, one -> shown.add(one.table() + " " + one.kind()));
            assertThat(shown).hasSize(most);
        }
        new ChangeList(world.documents(world.invocation()), preview.manifest())
                .first(4, (_, kind) -> kind == ChangeKind.CREATE, one -> shown.add(one.table() + " first 4"));
        assertThat(shown).filteredOn(one -> one.endsWith("first 4")).hasSize(4);
    }

    private List<String> lines(Migration analysis) {
        var lines = new ArrayList<String>();
        new ChangeList(world.documents(world.invocation()), analysis.manifest())
                .first(
                        Long.MAX_VALUE,
                        (_, _) -> true,
                        one -> lines.add(Documents.tree(one).toString()));
        return lines;
    }

    private static Map<ChangeKind, Long> counts(RunReport report, TableName table) {
        return report.work().changes().orElseThrow().tables().get(table);
    }

    @Test
    void aCopyCreatesRecordsAndLeavesOthersOut() {
        world.load("src-A", kept("id", "a1", "note", "secret", "old", "x", "same", "1"));
        world.load("src-A", record("id", "a2"));
        var more = AttributeValue.fromL(List.of(AttributeValue.fromM(record("a", "a1"))));
        world.load("src-B", Map.of("id", AttributeValue.fromS("b1"), "a", AttributeValue.fromS("a1"), "more", more));
        var names = analysis(COPIED, ChangeDetail.NAMES, Scope.ALL);
        var newA = names.mapped("A", kept("id", "a1")).get("id").s();
        var newB = names.mapped("B", record("id", "b1")).get("id").s();
        assertThat(lines(names))
                .containsExactlyInAnyOrder(
                        "{\"kind\":\"leaveOut\",\"table\":\"A\",\"record\":\"{\\\"id\\\":{\\\"S\\\":\\\"a2\\\"}}\"}",
                        "{\"kind\":\"create\",\"table\":\"A\",\"record\":\"{\\\"id\\\":{\\\"S\\\":\\\"a1\\\"}}\","
                                + "\"becomes\":\"{\\\"id\\\":{\\\"S\\\":\\\"" + newA + "\\\"}}\",\"attributes\":["
                                + "{\"name\":\"note\",\"what\":\"renamed\",\"to\":\"remark\"},"
                                + "{\"name\":\"old\",\"what\":\"removed\"},{\"name\":\"tier\",\"what\":\"added\"}]}",
                        "{\"kind\":\"create\",\"table\":\"B\",\"record\":\"{\\\"id\\\":{\\\"S\\\":\\\"b1\\\"}}\","
                                + "\"becomes\":\"{\\\"id\\\":{\\\"S\\\":\\\"" + newB + "\\\"}}\",\"attributes\":["
                                + "{\"name\":\"a\",\"what\":\"rewritten\"},{\"name\":\"more\",\"what\":\"rewritten\"}]}");
        var report = names.report(RunOutcome.ANALYZED);
        assertThat(counts(report, A)).isEqualTo(Map.of(ChangeKind.CREATE, 1L, ChangeKind.LEAVE_OUT, 1L));
        assertThat(Documents.tree(report).path("changes").toString()).doesNotContain("secret");

        var values = lines(analysis(COPIED, ChangeDetail.VALUES, Scope.ALL));
        assertThat(values)
                .anyMatch(line -> line.contains(
                        "\"what\":\"renamed\",\"to\":\"remark\",\"before\":\"{\\\"S\\\":\\\"secret\\\"}\","
                                + "\"after\":\"{\\\"S\\\":\\\"secret\\\"}\""))
                .anyMatch(line ->
                        line.contains("\"name\":\"a\",\"what\":\"rewritten\",\"before\":\"{\\\"S\\\":\\\"a1\\\"}\","
                                + "\"after\":\"{\\\"S\\\":\\\"" + newA + "\\\"}\""));
    }

    /** What is created has no record in the source: it is listed under the id that its references lead to. */
    @Test
    void parentsThatAreCreatedAreListed() {
        var plan = Plans.inPlace(
                "A: {}",
                "B: { references: { a: { family: A, onOrphan: { create: { y: lost } },"
                        + " onAbsent: { create: { y: none }, per: tenant } } } }");
        world.load("src-B", record("id", "b1", "tenant", "1", "a", "gone"));
        world.load("src-B", record("id", "b2", "tenant", "1"));
        var analysis = analysis(plan, ChangeDetail.NAMES, Scope.ALL);
        assertThat(lines(analysis))
                .filteredOn(line -> line.contains("A~created"))
                .hasSize(2)
                .allMatch(line -> line.startsWith("{\"kind\":\"create\""))
                .anyMatch(line -> line.contains("{\\\"id\\\":{\\\"S\\\":\\\"gone\\\"}}"))
                .allMatch(line -> line.endsWith("\"attributes\":[{\"name\":\"y\",\"what\":\"added\"}]}"));
        assertThat(counts(analysis.report(RunOutcome.ANALYZED), A.created())).isEqualTo(Map.of(ChangeKind.CREATE, 2L));
        assertThat(lines(analysis(plan, ChangeDetail.VALUES, Scope.ALL)))
                .anyMatch(line ->
                        line.endsWith("{\"name\":\"y\",\"what\":\"added\",\"after\":\"{\\\"S\\\":\\\"lost\\\"}\"}]}"));
    }

    @Test
    void onlyARecordThatIsNotAsItShouldBeChangesInPlace() {
        world.load("src-A", record("id", "a1", "note", "n", "old", "x"));
        world.load("src-A", record("id", "a2", "y", "done"));
        var before = analysis(CHANGED, ChangeDetail.NAMES, Scope.ALL);
        assertThat(lines(before))
                .containsExactlyInAnyOrder(
                        "{\"kind\":\"change\",\"table\":\"A\",\"record\":\"{\\\"id\\\":{\\\"S\\\":\\\"a1\\\"}}\",\"attributes\":["
                                + "{\"name\":\"note\",\"what\":\"renamed\",\"to\":\"remark\"},"
                                + "{\"name\":\"old\",\"what\":\"removed\"},{\"name\":\"y\",\"what\":\"added\"}]}",
                        "{\"kind\":\"nothing\",\"table\":\"A\",\"record\":\"{\\\"id\\\":{\\\"S\\\":\\\"a2\\\"}}\"}");
        before.report(RunOutcome.ANALYZED);
        Migration.migrated(world, CHANGED);
        var after = analysis(CHANGED, ChangeDetail.NAMES, Scope.ALL);
        assertThat(counts(after.report(RunOutcome.ANALYZED), A)).isEqualTo(Map.of(ChangeKind.NOTHING, 2L));
    }

    @Test
    void aScopeLeavesTheOtherRecordsOut() {
        for (int i = 0; i < 6; i++) {
            world.load("src-A", record("id", "a" + i, "tenant", String.valueOf(i % 2)));
        }
        var part = analysis(CHANGED, ChangeDetail.NAMES, new Scope(List.of(A), Map.of("tenant", "1")));
        assertThat(counts(part.report(RunOutcome.ANALYZED), A))
                .isEqualTo(Map.of(ChangeKind.CHANGE, 3L, ChangeKind.LEAVE_OUT, 3L));
    }

    @Test
    void whatStandsInTheTargetCounts() {
        var plan = Plans.of("A: {}");
        for (int i = 0; i < 4; i++) {
            world.load("src-A", record("id", "a" + i, "n", "1"));
        }
        Migration.migrated(world, plan);
        world.change("src-A", record("id", "a1", "n", "1"), "n", "2");
        world.load("src-A", record("id", "a9"));
        var conflict =
                Migration.next(world, Plans.of("A: { onConflict: skip }")).mapped("A", record("id", "a2"));
        world.delete("dst-A", conflict);
        world.load("dst-A", Map.of("id", conflict.get("id"), "n", AttributeValue.fromS("theirs")));
        var second = analysis(plan, ChangeDetail.VALUES, Scope.ALL);
        assertThat(counts(second.report(RunOutcome.REFUSED), A))
                .isEqualTo(Map.of(
                        ChangeKind.CREATE, 1L, ChangeKind.CHANGE, 1L, ChangeKind.NOTHING, 2L, ChangeKind.BLOCKED, 1L));
        assertThat(lines(second))
                .anyMatch(
                        line -> line.startsWith("{\"kind\":\"change\"")
                                && line.contains(
                                        "{\"name\":\"n\",\"what\":\"changed\",\"before\":\"{\\\"S\\\":\\\"1\\\"}\",\"after\":\"{\\\"S\\\":\\\"2\\\"}\"}"))
                .anyMatch(line ->
                        line.startsWith("{\"kind\":\"blocked\"") && line.contains("\"because\":\"target.conflict\""));
    }

    @Test
    void aRecordThatCannotBeMappedIsBlocked() {
        world.load("src-A", kept("id", "a1"));
        var deep = Map.of("id", AttributeValue.fromS("b1"), "a", AttributeValue.fromM(record("x", "y")));
        world.load("src-B", deep);
        var analysis = analysis(COPIED, ChangeDetail.NAMES, Scope.ALL);
        assertThat(lines(analysis))
                .contains("{\"kind\":\"blocked\",\"table\":\"B\",\"record\":\"{\\\"id\\\":{\\\"S\\\":\\\"b1\\\"}}\","
                        + "\"because\":\"mapping.wrong-type\"}");
    }

    @Test
    void everyLineOfASharedTableNamesItsTable() {
        var table = KindsTable.create(world);
        table.unmatched();
        var report = analysis(KindsTable.copying("leave"), ChangeDetail.NAMES, Scope.ALL)
                .report(RunOutcome.ANALYZED);
        assertThat(counts(report, new TableName("Agents"))).isEqualTo(Map.of(ChangeKind.CREATE, 6L));
        assertThat(counts(report, new TableName("User"))).isEqualTo(Map.of(ChangeKind.LEAVE_OUT, 2L));
        assertThat(report.work().changes().orElseThrow().examples())
                .extracting(RecordChange::table)
                .contains(new TableName("Agents"), new TableName("Notes"), new TableName("User"));
    }

    @Test
    void theReportShowsFewOfManyAndTheListHasOneObjectForEachPage() {
        world.fill("src-A", 200);
        world.pageLimit(3);
        var analysis = analysis(Plans.inPlace("A: { set: { y: done } }"), ChangeDetail.NAMES, Scope.ALL);
        var changes = analysis.report(RunOutcome.ANALYZED).work().changes().orElseThrow();
        assertThat(changes.tables().get(A)).isEqualTo(Map.of(ChangeKind.CHANGE, 200L));
        assertThat(changes.examples()).hasSize(5);
        assertThat(lines(analysis)).hasSize(200).doesNotHaveDuplicates();
        // Eight pages of a scan are read together, and have one object.
        var documents = world.documents(world.invocation());
        assertThat(documents.list(changes.all()))
                .allSatisfy(key ->
                        assertThat(documents.lines(key, RecordChange.class)).hasSizeBetween(1, 8 * 3))
                .hasSizeLessThan(200 / 3 / 4);
    }

    @Test
    void aMigrationCreatesWhatWasListed() {
        KindsTable.create(world).unmatched();
        var plan = KindsTable.copying("copy");
        var preview = analysis(plan, ChangeDetail.VALUES, Scope.ALL);
        var listed = preview.report(RunOutcome.ANALYZED);
        var migration = Migration.next(world, plan);
        migration.migrate();
        assertDone(listed, migration.report(RunOutcome.MIGRATED), ChangeKind.CREATE, Counted.CREATED);
        assertHolds(preview, "dst-User", "dst-Job");
    }

    @Test
    void aMigrationInPlaceChangesWhatWasListed() {
        KindsTable.create(world).unmatched();
        var plan = KindsTable.changing("leave");
        var preview = analysis(plan, ChangeDetail.VALUES, Scope.ALL);
        var listed = preview.report(RunOutcome.ANALYZED);
        var migration = Migration.next(world, plan);
        migration.migrate();
        assertDone(listed, migration.report(RunOutcome.MIGRATED), ChangeKind.CHANGE, Counted.UPDATED);
        assertHolds(preview, "src-User", "src-Job");
    }

    private static void assertDone(RunReport listed, RunReport done, ChangeKind kind, Counted counted) {
        var tables = listed.work().changes().orElseThrow().tables();
        done.work().tables().forEach((table, one) -> {
            var kinds = tables.getOrDefault(table, Map.of());
            assertThat(kinds.getOrDefault(kind, 0L)).as(table.value()).isEqualTo(counted.in(one.counts()));
            assertThat(kinds.getOrDefault(ChangeKind.LEAVE_OUT, 0L)).isEqualTo(Counted.FILTERED.in(one.counts()));
        });
    }

    /** Every attribute of every line is what the list says. */
    private void assertHolds(Migration preview, String... tables) {
        var written = new HashMap<String, Map<String, AttributeValue>>();
        for (var table : tables) {
            world.items(table).forEach(item -> written.put(TypedJson.text(Map.of("id", item.get("id"))), item));
        }
        new ChangeList(world.documents(world.invocation()), preview.manifest())
                .first(Long.MAX_VALUE, (_, kind) -> kind != ChangeKind.LEAVE_OUT, one -> {
                    var item = written.get(one.becomes().orElse(one.record()));
                    one.attributes().forEach(attribute -> {
                        var is = Optional.ofNullable(item.get(attribute.to().orElse(attribute.name())));
                        assertThat(is).isEqualTo(attribute.after().map(ChangesTest::value));
                    });
                });
    }

    private static AttributeValue value(String typed) {
        return TypedJson.parse("{\"v\":" + typed + "}").get("v");
    }

    @Test
    void aValueOfTheReferredRecordIsListed() {
        world.load("src-A", record("id", "a1", "name", "Anna"));
        world.load("src-B", record("id", "b1", "a", "a1"));
        var plan = Plans.inPlace("A: {}", "B: { references: { a: A }, set: { owner: { through: a, take: name } } }");
        assertThat(lines(analysis(plan, ChangeDetail.VALUES, Scope.ALL)))
                .anyMatch(line -> line.contains("\"table\":\"B\"")
                        && line.contains(
                                "{\"name\":\"owner\",\"what\":\"added\",\"after\":\"{\\\"S\\\":\\\"Anna\\\"}\"}"));
    }

    @Test
    void aRecordThatIsMergedNamesTheOther() {
        world.load("src-A", record("id", "a1"));
        world.load("src-A", record("id", "a2"));
        var copied = Plans.of("A: { merge: { into: { a1: a2 } } }");
        var merged =
                "{\"kind\":\"merge\",\"table\":\"A\",\"record\":\"{\\\"id\\\":{\\\"S\\\":\\\"a1\\\"}}\",\"into\":\"{\\\"id\\\":{\\\"S\\\":\\\"a2\\\"}}\"";
        assertThat(lines(analysis(copied, ChangeDetail.NAMES, Scope.ALL))).contains(merged + "}");

        var changed = Plans.inPlace("A: { merge: { into: { a1: a2 } }, merged: { set: { deleted: true } } }");
        var marked = analysis(changed, ChangeDetail.NAMES, Scope.ALL);
        assertThat(lines(marked)).contains(merged + ",\"attributes\":[{\"name\":\"deleted\",\"what\":\"added\"}]}");
        assertThat(counts(marked.report(RunOutcome.ANALYZED), A))
                .isEqualTo(Map.of(ChangeKind.MERGE, 1L, ChangeKind.NOTHING, 1L));
        Migration.migrated(world, changed);
        var again = analysis(changed, ChangeDetail.NAMES, Scope.ALL);
        assertThat(counts(again.report(RunOutcome.ANALYZED), A)).isEqualTo(Map.of(ChangeKind.NOTHING, 2L));
    }

    /** It is that of a migration, which writes no list. */
    @Test
    void theForecastStaysAsItIs() {
        world.fill("src-A", 100);
        world.pageLimit(3);
        var plan = Plans.of("A: {}");
        var listing = analysis(plan, ChangeDetail.VALUES, Scope.ALL).report(RunOutcome.ANALYZED);
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "plain");
        var plain = new Migration(world, plan, start, start.ready(Action.ANALYZE, plan));
        plain.validate();
        assertThat(listing.work().survey().orElseThrow().forecast())
                .isEqualTo(plain.report(RunOutcome.ANALYZED)
                        .work()
                        .survey()
                        .orElseThrow()
                        .forecast());
    }

    @Test
    void ofManyAttributesAndLongValuesTheReportShowsTheFirst() {
        var record = new HashMap<String, AttributeValue>();
        record.put("id", AttributeValue.fromS("a1"));
        IntStream.range(0, 30).forEach(i -> record.put("x" + i, AttributeValue.fromS("v".repeat(1_000))));
        world.load("src-A", record);
        var all = IntStream.range(0, 30).mapToObj(i -> "x" + i).collect(Collectors.joining(", "));
        var analysis = analysis(Plans.of("A: { drop: [" + all + "] }"), ChangeDetail.VALUES, Scope.ALL);
        assertThat(analysis.report(RunOutcome.ANALYZED)
                        .work()
                        .changes()
                        .orElseThrow()
                        .examples())
                .singleElement()
                .satisfies(example -> {
                    assertThat(example.attributes())
                            .hasSize(10)
                            .allSatisfy(
                                    attribute -> assertThat(attribute.before().orElseThrow())
                                            .hasSize(200)
                                            .endsWith("…"));
                    assertThat(example.leftOut()).isEqualTo(20);
                });
        assertThat(lines(analysis))
                .singleElement()
                .satisfies(line -> assertThat(line).hasSizeGreaterThan(30_000).doesNotContain("leftOut"));
    }

    @Test
    void whatIsNotAskedForIsNotListed() {
        world.fill("src-A", 5);
        var migration = Migration.begun(world, Plans.of("A: {}"));
        migration.migrate();
        assertThat(migration.report(RunOutcome.MIGRATED).work().changes()).isEmpty();
        assertThat(world.documents(world.invocation())
                        .list(migration.folder().key("changes/").name()))
                .isEmpty();
    }
}
