package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.workflow.Prepared;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The rollback of a part of a run leaves a record alone that others have changed: then the run still is what wrote it. */
final class KeptInPartTest {
    private static final String COPY = Plans.of("A: {}", "B: {}");
    private static final String IN_PLACE =
            "plan: p\nmode: inPlace\nsource: { tables: \"src-{table}\" }\ntables:\n  A: { set: { y: one, x: \"{% $record.v %}\" } }\n";

    private final World world = new World();
    private int starts;

    private static Map<String, AttributeValue> source(String value) {
        return record("id", "a1", "v", value);
    }

    private Start start(Undoing undoing) {
        world.time().sleep(Duration.ofSeconds(1));
        return new Start(world, "undo-" + starts++).undoing(undoing);
    }

    private RunReport rolledBack(Migration run, String plan, Undoing undoing) {
        var start = start(undoing);
        return new Migration(world, plan, start, start.ready(Action.ROLLBACK, run.run(), plan)).rollback();
    }

    private static Undoing table(Drift drift) {
        return new Undoing(Optional.of("A"), false, drift, false);
    }

    private void isRefused(Migration earlier, Migration later) {
        assertThat(start(Undoing.ALL).prepareOn(Action.ROLLBACK, earlier.run().value(), Optional.of("p")))
                .isInstanceOfSatisfying(
                        Prepared.Refused.class,
                        refused -> assertThat(refused.cause())
                                .contains(later.run().value())
                                .contains("wrote the same records"));
    }

    @Test
    void theEarlierRunIsNotRolledBackBeforeIt() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        world.load("src-A", source("1"));
        world.load("src-B", record("id", "b1"));
        var first = Migration.migrated(world, COPY);
        world.change("src-A", source("1"), "v", "2");
        var second = Migration.migrated(world, COPY);
        world.change("dst-A", second.mapped("A", source("2")), "more", "theirs");
        assertThat(rolledBack(second, COPY, table(Drift.KEEP)).others().drift()).hasSize(1);
        isRefused(first, second);
        // Once it is overwritten, nothing of the second run is left there.
        rolledBack(second, COPY, table(Drift.OVERWRITE));
        assertThat(world.items("dst-A")).containsExactly(second.mapped("A", source("1")));
        rolledBack(first, COPY, Undoing.ALL);
        assertThat(world.items("dst-A")).isEmpty();
    }

    @Test
    void theEarlierRunIsNotRolledBackBeforeAPartByValues() {
        world.memory().createTable(World.shape("src-A", KeyType.S));
        world.load("src-A", source("1"));
        world.load("src-A", record("id", "a2", "v", "2"));
        var first = Migration.migrated(world, IN_PLACE);
        var plan = IN_PLACE.replace("y: one", "y: two");
        var second = Migration.migrated(world, plan);
        world.change("src-A", source("1"), "y", "theirs");
        assertThat(rolledBack(second, plan, Undoing.ALL.where(Map.of("v", "1")))
                        .others()
                        .drift())
                .hasSize(1);
        rolledBack(second, plan, Undoing.ALL.where(Map.of("v", "2")));
        isRefused(first, second);
    }

    /** The rest of the later run need not go for a part of the earlier one. */
    @Test
    void ofAPartTheSamePartOfTheLaterRunIsRolledBackFirst() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        world.load("src-A", source("1"));
        world.load("src-B", record("id", "b1"));
        var first = Migration.migrated(world, COPY);
        world.change("src-A", source("1"), "v", "2");
        var second = Migration.migrated(world, COPY);
        assertThat(start(table(Drift.KEEP))
                        .prepareOn(Action.ROLLBACK, first.run().value(), Optional.of("p")))
                .isInstanceOfSatisfying(
                        Prepared.Refused.class,
                        refused -> assertThat(refused.cause())
                                .endsWith("or just this part of it, first: rekey rollback --run " + second.run()
                                        + " --table A"));
        rolledBack(second, COPY, table(Drift.KEEP));
        rolledBack(first, COPY, table(Drift.KEEP));
        assertThat(world.items("dst-A")).isEmpty();
        assertThat(world.items("dst-B")).hasSize(1);
    }
}
