package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Counted;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** In place with {@code onAbsent}: a record comes late, and what it would refer to is not created by this run. */
final class LateAbsenceTest {
    private static final String PLAN = Plans.inPlace(
            "Companies: {}",
            "Contacts: { references: { company: { family: Companies, onAbsent: { create: { name: Default }, per: tenant } } } }");
    private final World world = new World();
    private final Migration run;

    LateAbsenceTest() {
        world.create("Companies", KeyType.S);
        world.create("Contacts", KeyType.S);
        world.load("src-Contacts", record("id", "p1", "tenant", "t1"));
        run = Migration.begun(world, PLAN);
        world.load("src-Contacts", record("id", "p2", "tenant", "t2"));
    }

    @Test
    void noReferenceToNothingIsWritten() {
        assertThat(run.migrate().failures()).isZero();
        assertThat(world.items("src-Contacts")).contains(record("id", "p2", "tenant", "t2"));
        assertThat(run.report(RunOutcome.MIGRATED).verified().remaining()).isEqualTo(Map.of(Counted.LATE, 1L));
    }

    @Test
    void theNextRunCreatesWhatItNeeds() {
        assertThat(run.migrate().failures()).isZero();
        run.report(RunOutcome.MIGRATED);
        world.time().sleep(Duration.ofSeconds(1));
        var second = Migration.prepared(world, PLAN);
        assertThat(second.validate().blockers()).isEmpty();
        second.begin();
        assertThat(second.migrate().failures()).isZero();
        assertThat(world.items("src-Companies")).hasSize(2);
        assertThat(second.report(RunOutcome.MIGRATED).verified().remaining()).isEmpty();
    }

    /** The run creates it, or an earlier one has. */
    @Test
    void aLateRecordGetsWhatIsThere() {
        world.load("src-Contacts", record("id", "p3", "tenant", "t1"));
        assertThat(run.migrate().failures()).isZero();
        run.report(RunOutcome.MIGRATED);
        assertThat(world.items("src-Contacts"))
                .filteredOn(contact -> contact.containsKey("company"))
                .hasSize(2);
        var second = Migration.next(world, PLAN);
        world.load("src-Contacts", record("id", "p4", "tenant", "t1"));
        assertThat(second.migrate().failures()).isZero();
        assertThat(world.items("src-Contacts"))
                .filteredOn(contact -> contact.containsKey("company"))
                .hasSize(4);
    }
}
