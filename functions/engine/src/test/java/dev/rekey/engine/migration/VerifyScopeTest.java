package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.ErrorNames;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.workflow.Prepared;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A part of a run is verified: other records are read only where references lead to them. */
final class VerifyScopeTest {
    private static final String IN_PLACE = Plans.inPlace("A: { set: { y: \"{% 'new ' & $record.tenant %}\" } }");
    private static final String COPIED =
            Plans.of("A: { checks: { accept: [a] } }", "B: { references: { a: A } }", "C: { checks: { accept: [a] } }");
    private static final int RECORDS = 12;

    private final World world = new World();
    private int starts;

    private Migration inPlace() {
        world.create("A", KeyType.S);
        for (int i = 0; i < RECORDS; i++) {
            world.load("src-A", record("id", "a" + i, "tenant", String.valueOf(i % 3)));
        }
        world.pageLimit(5);
        return Migration.migrated(world, IN_PLACE);
    }

    private Migration copied() {
        for (var table : List.of("A", "B", "C")) {
            world.create(table, KeyType.S);
            for (int i = 0; i < RECORDS; i++) {
                world.load("src-" + table, record("id", table + i, "tenant", String.valueOf(i % 3), "a", "A" + i));
            }
        }
        world.pageLimit(5);
        return Migration.migrated(world, COPIED);
    }

    private Start start(Scope scope) {
        world.time().sleep(Duration.ofSeconds(1));
        var asked = RunOptions.within(scope);
        return new Start(world, "verify-" + starts++).asking(asked);
    }

    private RunReport verified(Migration run, String plan, Scope scope) {
        var start = start(scope);
        var verification = new Migration(world, plan, start, start.ready(Action.VERIFY, run.run(), plan));
        for (int level = 1; level <= run.manifest().levels().size(); level++) {
            verification.verify(level);
        }
        return verification.report(RunOutcome.VERIFIED);
    }

    private static Scope where(String attribute, String value) {
        return new Scope(List.of(), Map.of(attribute, value));
    }

    private static Scope table(String name) {
        return new Scope(List.of(new TableName(name)), Map.of());
    }

    @Test
    void onlyRecordsWithTheValueAreJudgedInPlace() {
        var run = inPlace();
        world.load("src-A", record("id", "a2", "tenant", "2", "y", "theirs"));
        var one = verified(run, IN_PLACE, where("tenant", "1"));
        assertThat(one.verified().verification()).containsEntry(Counted.MATCHED, 4L);
        assertThat(one.verified().remaining()).isEmpty();
        assertThat(one.ending().error()).isEmpty();
        assertThat(one.ending().message()).contains("Verified: only records with tenant=1.");
        assertThat(one.subject().basis().scope()).contains(where("tenant", "1"));

        var two = verified(run, IN_PLACE, where("tenant", "2"));
        assertThat(two.verified().verification())
                .containsEntry(Counted.MATCHED, 3L)
                .containsEntry(Counted.DRIFTED, 1L);
    }

    @Test
    void aLaterRunKnowsWhatWasWrittenOutsideOfThePart() {
        var run = inPlace();
        verified(run, IN_PLACE, where("tenant", "1"));
        world.load("src-A", record("id", "a2", "tenant", "0", "y", "new 2"));
        assertThat(Migration.migrated(world, IN_PLACE)
                        .report(RunOutcome.MIGRATED)
                        .work()
                        .counts())
                .containsEntry(Counted.UPDATED, 1L);
    }

    /** The log knows what a record held before the run, also where that has changed or the record is gone. */
    @Test
    void aRecordThatTheRunChangedIsJudgedByWhatItHeldBefore() {
        var run = inPlace();
        world.delete("src-A", record("id", "a1", "tenant", "1", "y", "new 1"));
        world.load("src-A", record("id", "a4", "tenant", "2", "y", "new 1"));
        var report = verified(run, IN_PLACE, where("tenant", "1"));
        assertThat(report.verified().verification())
                .containsEntry(Counted.MATCHED, 2L)
                .containsEntry(Counted.GONE, 1L);
        assertThat(report.verified().verification().values().stream()
                        .mapToLong(count -> count)
                        .sum())
                .isEqualTo(4);
    }

    @Test
    void onlyTheTableIsJudgedAndItsReferencesLeadOutOfIt() {
        var run = copied();
        world.items("dst-C").forEach(item -> world.delete("dst-C", item));
        var report = verified(run, COPIED, table("B"));
        assertThat(report.verified().verification()).containsEntry(Counted.MATCHED, (long) RECORDS);
        assertThat(report.work().tables()).containsOnlyKeys(new TableName("B"));
        assertThat(report.ending().error()).isEmpty();
    }

    @Test
    void aReferenceToARecordThatIsMissingOutsideOfThePartIsAFailure() {
        var run = copied();
        world.delete("dst-A", world.items("dst-A").getFirst());
        var report = verified(run, COPIED, table("B"));
        assertThat(report.verified().verification()).containsEntry(Counted.DANGLING, 1L);
        assertThat(report.ending().error()).contains(ErrorNames.VERIFICATION_FAILED);
    }

    @Test
    void onlyRecordsWithTheValueAreJudgedWhereTheyAreCopied() {
        var run = copied();
        var part = new Scope(List.of(new TableName("C")), Map.of("tenant", "1"));
        assertThat(verified(run, COPIED, part).verified().verification())
                .containsEntry(Counted.MATCHED, 4L)
                .containsEntry(Counted.UNEXPECTED, 0L);
        world.items("dst-C").forEach(item -> world.delete("dst-C", item));
        var failed = verified(run, COPIED, part);
        assertThat(failed.verified().verification()).containsEntry(Counted.MISSING, 4L);
        assertThat(failed.ending().error()).contains(ErrorNames.VERIFICATION_FAILED);
    }

    @Test
    void aPartWithoutRecordsIsAnError() {
        var report = verified(inPlace(), IN_PLACE, where("tenant", "nobody"));
        assertThat(report.ending().error()).contains(ErrorNames.REFUSED);
        assertThat(report.ending().message())
                .contains("records with tenant=nobody")
                .contains("no such record");
    }

    @Test
    void aTableThatTheRunHasNotIsRefused() {
        var run = inPlace();
        var prepared = start(table("X")).prepareOn(Action.VERIFY, run.run().value(), Optional.of("p"));
        assertThat(prepared).isInstanceOf(Prepared.Refused.class);
        assertThat(((Prepared.Refused) prepared).cause())
                .contains("has no such table")
                .contains("Use one of: A");
    }
}
