package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.verify.Difference;
import dev.rekey.engine.verify.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy creates a parent that nobody has; then an application inserts the real one, and the scan meets it. */
final class RealParentComesTest {
    private static final String PLAN = Plans.of(
            "Companies: {}",
            "Contacts: { references: { company: { family: Companies, onOrphan: { create: { name: Unknown } } } } }");

    @ParameterizedTest
    @ValueSource(strings = {"abort", "skip", "overwrite"})
    void theRealParentIsLateAndTakesNoGoodRunBack(String onConflict) {
        var plan = PLAN + "onConflict: " + onConflict + "\n";
        var world = new World();
        world.create("Companies", KeyType.S);
        world.create("Contacts", KeyType.S);
        world.load("src-Contacts", record("id", "p1", "company", "c9"));
        var run = Migration.begun(world, plan);
        assertThat(run.copyInvocation("Companies~created")).isInstanceOf(SegmentOutcome.Done.class);
        world.load("src-Companies", record("id", "c9", "name", "Nine"));
        assertThat(run.copyInvocation("Companies")).isInstanceOf(SegmentOutcome.Done.class);
        assertThat(run.verify(1).failures()).isZero();
        run.copy(2);
        assertThat(run.verify(2).failures()).isZero();
        var remaining = run.report(RunOutcome.MIGRATED).verified().remaining();
        if (onConflict.equals("abort")) {
            assertThat(remaining).isEqualTo(Map.of(Counted.LATE, 1L));
        }

        var second = Migration.migrated(world, plan);
        assertThat(world.items("dst-Companies"))
                .singleElement()
                .satisfies(company -> assertThat(company.get("name").s()).isEqualTo("Nine"));
        second.rollback();
        run.rollback();
        assertThat(world.items("dst-Companies")).isEmpty();
    }

    /** Both are written at the same time, each by a worker that has read that nothing stands there. */
    @ParameterizedTest
    @ValueSource(strings = {"Companies", "Companies~created"})
    void theRealParentAndTheCreatedOneDoNotReplaceEachOther(String first) {
        var world = new World();
        world.create("Companies", KeyType.S);
        world.create("Contacts", KeyType.S);
        world.load("src-Contacts", record("id", "p1", "company", "c9"));
        var run = Migration.begun(world, PLAN + "onDrift: fail\n");
        world.load("src-Companies", record("id", "c9", "name", "Nine"));
        var other = first.equals("Companies") ? "Companies~created" : "Companies";
        List.of("put", "putAll")
                .forEach(request -> world.faults()
                        .before(
                                request,
                                "dst-Companies",
                                () -> assertThat(run.copyInvocation(other)).isInstanceOf(SegmentOutcome.Done.class)));
        assertThat(run.copyInvocation(first)).isInstanceOf(SegmentOutcome.Done.class);
        var verified = run.verify(1);
        assertThat(verified.failures()).as(verified.toString()).isZero();
        assertThat(verified.differences())
                .extracting(Difference::verdict)
                .isEqualTo(first.equals("Companies") ? List.of(Verdict.LATE) : List.of());
        assertThat(run.rollback().others().drift()).isEmpty();
        assertThat(world.items("dst-Companies")).isEmpty();
    }

    @Test
    void aCreatedParentTakesThePlaceOfACopyWhoseRecordIsGone() {
        var world = new World();
        world.create("Companies", KeyType.S);
        world.create("Contacts", KeyType.S);
        var company = record("id", "c9", "name", "Nine");
        world.load("src-Companies", company);
        world.load("src-Contacts", record("id", "p1", "company", "c9"));
        var first = Migration.migrated(world, PLAN);
        world.delete("src-Companies", company);
        var second = Migration.migrated(world, PLAN);
        assertThat(names(world)).containsExactly("Unknown");
        assertThat(second.report(RunOutcome.MIGRATED).verified().remaining()).isEmpty();
        second.rollback();
        assertThat(names(world)).containsExactly("Nine");
        first.rollback();
        assertThat(world.items("dst-Companies")).isEmpty();
    }

    private static List<String> names(World world) {
        return world.items("dst-Companies").stream()
                .map(company -> company.get("name").s())
                .toList();
    }
}
