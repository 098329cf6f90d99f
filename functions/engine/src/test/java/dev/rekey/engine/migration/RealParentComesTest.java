package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.segment.SegmentOutcome;
import java.util.Map;
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
}
