package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.InPlaceTable.PLAN;
import static dev.rekey.engine.migration.InPlaceTable.asBefore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.rekey.engine.report.ExecutionAnswer;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.Undoing;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rollback in place is to overwrite what others did, and other writers have deleted records. */
final class OverwrittenInPlaceTest {
    private static final int RECORDS = 12;
    private static final Undoing KEEP = Undoing.ALL.verifying(true);

    private final World world = new World();
    private final InPlaceTable table = InPlaceTable.create(world, RECORDS);
    private int starts;

    private Migration undoing(Migration run, Undoing undoing) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "undo-" + starts++).undoing(undoing);
        return new Migration(world, PLAN, start, start.ready(Action.ROLLBACK, run.run(), PLAN));
    }

    private static Undoing overwriting(boolean exclusive) {
        return new Undoing(Optional.empty(), false, Drift.OVERWRITE, exclusive).verifying(true);
    }

    private static String key(int i) {
        return "A {\"id\":{\"S\":\"r" + i + "\"}}";
    }

    private static Map<Counted, Long> compared(RunReport report) {
        return report.verified().undone().orElseThrow().counts();
    }

    /** As the state machine passes it on. */
    private static JsonNode answer(RunReport report) {
        var json = JsonMapper.builder()
                .addModules(new Jdk8Module(), new JavaTimeModule())
                .build();
        return json.valueToTree(ExecutionAnswer.of(report, "json", "page"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasDeletedIsNotRestoredAndSaysSo(boolean exclusive) {
        var run = Migration.migrated(world, PLAN);
        table.delete(1);
        table.set(2, "y", "theirs");
        var report = undoing(run, overwriting(exclusive)).rollback();
        assertThat(report.others().overwritten()).containsExactly(key(2));
        assertThat(report.others().unrestored()).containsExactly(key(1));
        assertThat(report.work().counts())
                .containsEntry(Counted.DRIFT, 1L)
                .containsEntry(Counted.OVERWRITTEN, 1L)
                .containsEntry(Counted.RESTORED, 10L);
        assertThat(report.ending().message())
                .contains("1 overwritten although")
                .contains("1 not restored because another writer deleted it");
        assertThat(answer(report).path("drift").intValue()).isEqualTo(1);
        assertThat(compared(report)).isEqualTo(Map.of(Counted.RESTORED, 11L, Counted.DRIFT, 1L, Counted.DIFFERENT, 0L));
        assertThat(table.item(1)).isEmpty();
        assertThat(table.item(2)).isEqualTo(asBefore(2));
    }

    @Test
    void whatAnEarlierRollbackListedAsDriftIsNotRestoredEither() {
        var run = Migration.migrated(world, PLAN);
        table.delete(1);
        table.set(2, "y", "theirs");
        var kept = undoing(run, KEEP).rollback();
        assertThat(kept.others().drift()).containsExactly(key(1), key(2));
        assertThat(kept.others().unrestored()).isEmpty();
        var report = undoing(run, overwriting(false)).rollback();
        assertThat(report.others().overwritten()).containsExactly(key(2));
        assertThat(report.others().unrestored()).containsExactly(key(1));
        assertThat(compared(report)).isEqualTo(Map.of(Counted.RESTORED, 1L, Counted.DRIFT, 1L, Counted.DIFFERENT, 0L));
    }

    @Test
    void aRecordThatIsDeletedJustBeforeItIsOverwrittenIsNotRestored() {
        var run = Migration.migrated(world, PLAN);
        table.set(2, "y", "theirs");
        world.faults().before("update", "src-A", 0, 1, () -> table.delete(2));
        var report = undoing(run, overwriting(false)).rollback();
        assertThat(report.others().overwritten()).isEmpty();
        assertThat(report.others().unrestored()).containsExactly(key(2));
        assertThat(table.item(2)).isEmpty();
    }

    /** The first attempt finds no record; before the second, the application creates it with values of its own. */
    @Test
    void aRecordThatComesBackBeforeTheNextAttemptIsOverwritten() {
        var run = Migration.migrated(world, PLAN);
        table.delete(1);
        world.faults().after("put", "/unrestored/", Faults.crash());
        var undo = undoing(run, overwriting(false));
        undo.fence();
        assertThatThrownBy(undo::undo).isInstanceOf(Faults.Crash.class);
        world.waitForLeases();
        table.put(asBefore(1));
        table.set(1, "y", "theirs");
        var report = undoing(run, overwriting(false)).rollback();
        assertThat(report.others().unrestored()).isEmpty();
        assertThat(report.others().overwritten()).containsExactly(key(1));
        assertThat(answer(report).path("drift").intValue()).isZero();
        assertThat(table.item(1)).isEqualTo(asBefore(1));
    }
}
