package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.analyze.Finding;
import dev.rekey.engine.analyze.FindingGroup;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Readiness;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a thousand planted records that stand in the way of a migration, all are found, and none is invented. */
final class KillersPropertyTest {
    private final World world = new World();

    private Analysis analyzed() {
        // Several segments of several pages.
        world.pageLimit(199);
        var migration = Migration.prepared(world, CleanRecords.PLAN);
        migration.inPartitions(5);
        assertThat(migration.manifest().tables().values())
                .anyMatch(table -> table.sourceSegments().scans() > 1);
        var analysis = migration.validate();
        migration.report(analysis.verdict() == Readiness.NOT_READY ? RunOutcome.REFUSED : RunOutcome.ANALYZED);
        return analysis;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void allAreFoundAndNoneIsInvented(long seed) {
        var random = new Random(seed);
        var clean = new CleanRecords(world, random);
        clean.load();
        var killers = new Killers(world, random, clean);
        killers.plant();
        assertThat(killers.planted().values().stream().mapToInt(Set::size).sum())
                .isEqualTo(1_000);
        var targets = targets();
        var analysis = analyzed();
        var found = found(analysis);
        assertThat(found.keySet())
                .as("seed %d", seed)
                .isEqualTo(killers.planted().keySet());
        killers.planted()
                .forEach((id, records) ->
                        assertThat(found.get(id)).as("%s, seed %d", id, seed).isEqualTo(records));
        assertThat(analysis.warnings()).isEmpty();
        assertThat(analysis.decided())
                .singleElement()
                .satisfies(kept -> assertThat(kept.path()).isEqualTo("friendId"));
        assertThat(count(analysis.blockers())).isEqualTo(970);
        assertThat(count(analysis.decided())).isEqualTo(30);
        assertThat(analysis.verdict()).isEqualTo(Readiness.NOT_READY);
        assertThat(targets()).isEqualTo(targets);
    }

    @Test
    void checksThatCompareNothingAreWarnings() {
        world.create("A", KeyType.S);
        world.load("src-A", record("id", "a1", "b", "a2", "name", "x"));
        world.load("src-A", record("id", "a2", "name", "y"));
        var plan = Plans.of("A: { references: { b: A }, checks: { unique: [nme, name], agree: { name: b.nme } } }");
        var analysis = Migration.prepared(world, plan).validate();
        assertThat(analysis.verdict()).isEqualTo(Readiness.READY_WITH_WARNINGS);
        assertThat(analysis.warnings())
                .extracting(FindingGroup::id, FindingGroup::path)
                .containsExactly(
                        tuple("check.never-compared", "tables.A.checks.unique.nme"),
                        tuple("check.never-compared", "tables.A.checks.agree.name"));
    }

    @Test
    void checksCanBeWarnings() {
        world.create("A", KeyType.S);
        world.load("src-A", record("id", "a1"));
        var plan = Plans.of("A: { checks: { required: [name], severity: warning } }");
        var analysis = Migration.begun(world, plan);
        assertThat(analysis.migrate().failures()).isZero();
    }

    @Test
    void cleanRecordsAreReady() {
        new CleanRecords(world, new Random(3)).load();
        var analysis = analyzed();
        assertThat(analysis.blockers()).isEmpty();
        assertThat(analysis.warnings()).isEmpty();
        assertThat(analysis.verdict()).isEqualTo(Readiness.READY);
        assertThat(world.objects().contents().keySet()).noneMatch(key -> key.contains("/findings/all/"));
    }

    private List<Object> targets() {
        return List.of(world.items("dst-Codes"), world.items("dst-Orders"), world.items("dst-Contacts"));
    }

    private static long count(List<FindingGroup> found) {
        return found.stream().mapToLong(FindingGroup::count).sum();
    }

    /** What the objects hold that the analysis names. */
    private Map<String, Set<String>> found(Analysis analysis) {
        var found = new TreeMap<String, Set<String>>();
        var documents = world.documents(world.invocation());
        Stream.concat(analysis.blockers().stream(), analysis.decided().stream())
                .map(one -> one.records().all().orElseThrow())
                .distinct()
                .flatMap(all -> documents.list(all).stream())
                .flatMap(key -> documents.lines(key, Finding.class).stream())
                .forEach(finding -> {
                    var line = Killers.line(finding.table().value(), finding.path(), finding.record());
                    var isNew = found.computeIfAbsent(finding.id(), id -> new TreeSet<>())
                            .add(line);
                    assertThat(isNew).as("%s is found once only", line).isTrue();
                });
        return found;
    }
}
