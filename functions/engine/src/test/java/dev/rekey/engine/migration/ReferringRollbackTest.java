package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.workflow.Prepared;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records refer to a table by the new ids of a mapping only, and that table is rolled back. */
final class ReferringRollbackTest {
    private static final String PLAN = """
        plan: p
        source: { tables: "src-{table}" }
        target: { tables: "dst-{table}" }
        identity: { rule: keep }
        families:
          Tenants: { rule: lookup, mapping: { ids: { t0: o0 } }, exists: organizations }
        tables:
          organizations: {}
          claims: { references: { owner: Tenants } }
          profiles: { key: { id: Tenants } }
          notes: { references: { claim: claims } }
          others: {}
        """;

    private final World world = new World();
    private Migration migration;

    @BeforeEach
    void migrated() {
        List.of("organizations", "claims", "profiles", "notes", "others")
                .forEach(name -> world.create(name, KeyType.S));
        world.load("src-organizations", record("id", "o0"));
        world.load("src-claims", record("id", "c0", "owner", "t0"));
        world.load("src-profiles", record("id", "t0"));
        world.load("src-notes", record("id", "n0", "claim", "c0"));
        world.load("src-others", record("id", "x0"));
        migration = Migration.begun(world, PLAN);
        assertThat(migration.migrate().failures()).isZero();
        migration.report(RunOutcome.MIGRATED);
    }

    private Start start(boolean cascade) {
        world.time().sleep(Duration.ofSeconds(1));
        return new Start(world, "undo").undoing(new Undoing(Optional.of("organizations"), cascade, Drift.KEEP, false));
    }

    @Test
    void theTableAloneIsRefused() {
        var prepared = start(false).prepareOn(Action.ROLLBACK, migration.run().value(), Optional.of("p"));
        assertThat(prepared)
                .isInstanceOfSatisfying(
                        Prepared.Refused.class,
                        refused -> assertThat(refused.cause()).contains("records of claims, profiles refer"));
        assertThat(world.items("dst-organizations")).hasSize(1);
    }

    @Test
    void cascadeTakesWhatRefersToItDirectlyOrNot() {
        var start = start(true);
        new Migration(world, PLAN, start, start.ready(Action.ROLLBACK, migration.run(), PLAN)).rollback();
        assertThat(List.of("organizations", "claims", "profiles", "notes"))
                .allSatisfy(name -> assertThat(world.items("dst-" + name)).isEmpty());
        assertThat(world.items("dst-others")).hasSize(1);
    }
}
