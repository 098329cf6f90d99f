package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import dev.rekey.engine.draft.PlanDraft;
import dev.rekey.engine.draft.SourceTable;
import dev.rekey.engine.draft.TableTemplate;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.scan.TableSource;
import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.many.ManyTables;
import dev.rekey.examples.many.ManyTables.Truth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sixty related tables, of which it is known what refers to what. */
final class ManyTablesTest {
    private final ManyTables data = new ManyTables(10);
    private final World world = new World();
    private final List<SourceTable> sources = new ArrayList<>();
    private int analyses;

    @BeforeEach
    void load() {
        for (var table : data.tables()) {
            for (var side : List.of("src-", "dst-")) {
                var shape = shape(side, table);
                world.memory().createTable(shape);
                if (side.equals("src-")) {
                    sources.add(new SourceTable(new TableName(table.name()), shape));
                }
            }
        }
        data.records()
                .collect(Collectors.groupingBy(
                        record -> record.table(), Collectors.mapping(record -> record.item(), Collectors.toList())))
                .forEach((table, items) -> world.memory().load(new PhysicalTable("src-" + table), items));
    }

    private static TableShape shape(String side, ExampleTable table) {
        return new TableShape(
                new PhysicalTable(side + table.name()),
                "000000000000",
                "eu-west-1",
                attribute(table.partitionKey()),
                table.sortKey().map(ManyTablesTest::attribute),
                Map.of());
    }

    private static KeyAttribute attribute(ExampleTable.Attribute attribute) {
        return new KeyAttribute(
                attribute.name(), KeyType.valueOf(attribute.type().toString()));
    }

    private String draft() {
        var invocation = world.invocation();
        return new PlanDraft(
                        new TableSource(world.memory(), invocation::backoff, invocation.concurrency()),
                        invocation.concurrency())
                .draft(new TableTemplate("src-{table}"), Optional.of(new TableTemplate("dst-{table}")), sources)
                .text()
                .replace(IdentityRule.Derive.NOT_CHOSEN, "n");
    }

    private Migration migration(Action action, String plan) {
        var start = new Start(world, "many-" + ++analyses);
        return new Migration(world, plan, start, start.ready(action, plan));
    }

    private static Set<Truth> declared(String plan) {
        var reading = PlanReader.read(plan);
        assertThat(reading).as(plan).isInstanceOf(PlanReading.Valid.class);
        return ((PlanReading.Valid) reading)
                .plan().tables().stream().flatMap(ManyTablesTest::declared).collect(Collectors.toSet());
    }

    private static Stream<Truth> declared(TablePlan table) {
        var name = table.name().value();
        return Stream.concat(
                table.references().stream()
                        .map(reference -> new Truth(
                                name,
                                reference.path().text(),
                                reference.family().value(),
                                false)),
                table.key().entrySet().stream()
                        .flatMap(key -> key.getValue() instanceof KeyRole.Refers(var family)
                                ? Stream.of(new Truth(name, key.getKey(), family.value(), true))
                                : Stream.of()));
    }

    private static String path(Truth one) {
        return "tables." + one.table() + (one.inKey() ? ".key." : ".references.") + one.path();
    }

    /** No reference is forgotten without a word: whatever the draft leaves out, the analysis demands. */
    @Test
    void whatADraftOmitsRefusesItsMigration() {
        var draft = draft();
        var found = declared(draft);
        var truth = Set.copyOf(data.truth());
        var omitted = truth.stream().filter(one -> !found.contains(one)).toList();
        var wrong = found.stream().filter(one -> !truth.contains(one)).toList();

        assertThat((double) (truth.size() - omitted.size()) / truth.size())
                .as("recall; omitted: %s", omitted)
                .isGreaterThanOrEqualTo(0.85);
        assertThat(wrong).as("declared, and no reference").isEmpty();
        assertThat(refusedPaths(draft)).as("refused for %s", omitted).isNotEmpty();
        corrected(found, truth);
    }

    /** Whoever declares what is demanded, and analyzes again, has declared everything in the end. */
    private void corrected(Set<Truth> found, Set<Truth> truth) {
        var declared = new ArrayList<>(found);
        var refused = refusedPaths(plan(declared));
        while (!refused.isEmpty()) {
            var demanded = refused;
            var missing = truth.stream()
                    .filter(one -> demanded.contains(path(one)) && !declared.contains(one))
                    .toList();
            assertThat(missing).as("all of %s are references", refused).hasSameSizeAs(refused);
            declared.addAll(missing);
            refused = refusedPaths(plan(declared));
        }
        assertThat(declared).containsAll(truth);
    }

    @Test
    void everyReferenceThatAPlanForgetsIsDemandedAndNothingElse() {
        var forgotten = data.truth().stream().filter(one -> !one.inKey()).toList();
        var left = data.truth().stream().filter(Truth::inKey).toList();
        assertThat(refusedPaths(plan(left)))
                .containsExactlyInAnyOrderElementsOf(
                        forgotten.stream().map(ManyTablesTest::path).toList());
    }

    private Set<String> refusedPaths(String plan) {
        return migration(Action.ANALYZE, plan).validate().problems().stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .map(Problem::path)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theRightPlanMigratesAndIsVerified() {
        var plan = plan(data.truth());
        var migration = migration(Action.MIGRATE, plan);
        var analysis = migration.validate();
        assertThat(analysis.problems()).isEmpty();
        assertThat(analysis.verdict()).isEqualTo(Readiness.READY);
        migration.begin();
        var result = migration.migrate();
        assertThat(result.failures()).isZero();
        assertThat(result.stale()).noneMatch(stale -> stale.fails());
    }

    /** Keys that are no references are the records' own, but for the moments of events. */
    private String plan(List<Truth> references) {
        var tables = new LinkedHashMap<String, String>();
        for (var table : data.tables()) {
            var keys = Stream.concat(Stream.of(table.partitionKey()), table.sortKey().stream())
                    .map(ExampleTable.Attribute::name)
                    .map(name -> name + ": " + role(table.name(), name, references))
                    .collect(Collectors.joining(", "));
            var paths = references.stream()
                    .filter(one -> one.table().equals(table.name()) && !one.inKey())
                    .map(one -> "\"" + one.path() + "\": " + one.to())
                    .collect(Collectors.joining(", "));
            tables.put(
                    table.name(),
                    table.name() + ": { identity: { rule: derive, namespace: n, digits: 15 }, key: { " + keys
                            + " }, references: { " + paths + " } }");
        }
        return Plans.of(tables.values().toArray(String[]::new));
    }

    private String role(String table, String attribute, List<Truth> references) {
        return references.stream()
                .filter(one ->
                        one.inKey() && one.table().equals(table) && one.path().equals(attribute))
                .map(Truth::to)
                .findFirst()
                .orElse(isBelowItsOwn(table, attribute, references) || attribute.equals("at") ? "keep" : "self");
    }

    /** Only one attribute of a key is the records' own: the partition key, unless it is a reference. */
    private boolean isBelowItsOwn(String table, String attribute, List<Truth> references) {
        return data.tables().stream()
                .filter(one ->
                        one.name().equals(table) && !one.partitionKey().name().equals(attribute))
                .anyMatch(one -> references.stream()
                        .noneMatch(reference -> reference.inKey()
                                && reference.table().equals(table)
                                && reference.path().equals(one.partitionKey().name())));
    }
}
