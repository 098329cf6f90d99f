package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.proof.Execution.Result;
import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.proof.Progress.State;
import dev.rekey.engine.proof.Recording.Moment;
import dev.rekey.engine.proof.Recording.Request;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.store.InMemoryTables;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The same of what operators do: they pause and limit runs, take single tables back, and test with one record. */
abstract class OperatedSweepContract extends CrashSweepContract {
    /** Documents, and entries, which refer to them. */
    private static final Undoing DOCUMENTS = new Undoing(Optional.of("Documents"), true, Drift.KEEP, false);

    OperatedSweepContract() {
        super(new CopyExhibit());
    }

    private Trial paused(Site before, Start start) {
        return new Trial(before, start, Meddling.PAUSES, Request::aside, 10);
    }

    @Test
    void everyRequestOfAPause() {
        var trial = paused(untouched(), firstMigration());
        assertThatTasksWaited(sweepAMigration(trial, UnaryOperator.identity()));
    }

    final void sweepAPauseInARollback() {
        var before = migrated();
        assertThatTasksWaited(sweepARollback(paused(before, rollback(before)), original()));
    }

    /** The execution lives on, and only who pauses it, waits in it or lets it go on dies, and does that again. */
    final void letThemDieAtPauses() {
        killAside(record(paused(untouched(), firstMigration())));
        var before = migrated();
        killAside(record(paused(before, rollback(before))));
    }

    private void killAside(Uninterrupted one) {
        fail(one, one.chosen(), Beside.Died::new);
    }

    /** Pages have other lengths then, depending on when the limits were set. */
    @Test
    void everyRequestUnderALimit() {
        var trial = new Trial(
                untouched(),
                firstMigration(),
                Meddling.LIMITS,
                request -> request.aside() || isAtLevel(3, request, State.COPY, State.COMPARE),
                50);
        assertThatItTookTime(sweepAMigration(trial, Whole::withoutPages));
    }

    final void sweepALimitedRollback() {
        var before = migrated();
        var trial = new Trial(
                before,
                rollback(before),
                Meddling.LIMITS,
                request -> request.aside() || isAtLevel(3, request, State.UNDO),
                20);
        assertThatItTookTime(sweepARollback(trial, original()));
    }

    private static void assertThatTasksWaited(Uninterrupted one) {
        assertThat(one.recording().requests())
                .anyMatch(request -> request.call().name().equals("put")
                        && request.call().on().contains("/pause/"));
    }

    /** The clock stands still but for what waits. */
    private static void assertThatItTookTime(Uninterrupted one) {
        assertThat(one.site().now()).isAfter(one.trial().start().at().plusSeconds(2));
    }

    private static boolean isAtLevel(int level, Request request, State... states) {
        return request.state().level() == level
                && List.of(states).contains(request.state().state());
    }

    @Test
    void everyRequestOfTheRollbackOfOneTable() {
        var before = migrated();
        var trial = new Trial(before, rollback(before).undoing(DOCUMENTS), 100);
        var _ = sweepARollback(trial, originalDocuments(before.held().tables()).dump());
    }

    /** The tables that are taken back are what they were, and all others what the migration made of them. */
    private InMemoryTables originalDocuments(InMemoryTables migrated) {
        var original = exhibit().tables();
        var tables = new InMemoryTables();
        for (var shape : exhibit().shapes()) {
            boolean back = Set.of("dst-Documents", "dst-Entries")
                    .contains(shape.table().name());
            tables.createTable(shape);
            tables.load(shape.table(), (back ? original : migrated).items(shape.table()));
        }
        return tables;
    }

    final void sweepTheRollbackOfTheRest() {
        var before = withoutDocuments(migrated());
        var _ = sweepARollback(new Trial(before, rollback(before), 100), original());
    }

    private Site withoutDocuments(Site migrated) {
        var site = migrated.copy();
        var start =
                start(site, Action.ROLLBACK, "part", Optional.of(firstRun())).undoing(DOCUMENTS);
        assertThat(new Execution(start, site).run()).isEqualTo(Result.ROLLED_BACK);
        assertThat(site.dump())
                .isEqualTo(originalDocuments(migrated.held().tables()).dump());
        site.sleep(Duration.ofSeconds(1));
        return site.copy();
    }

    private Start test(boolean keep) {
        return start(untouched(), Action.TEST, "first", Optional.empty())
                .asking(new RunOptions(Optional.empty(), Optional.of("Entries"), Optional.of("e1"), keep));
    }

    private Site tested() {
        var site = place(untouched());
        assertThat(new Execution(test(true), site).run()).isEqualTo(Result.TESTED);
        site.sleep(Duration.ofSeconds(1));
        return site.copy();
    }

    @Test
    void everyRequestOfATest() {
        var one = record(new Trial(untouched(), test(false), 100));
        assertThat(one.execution().result()).isEqualTo(Result.ROLLED_BACK);
        assertThat(one.site().dump()).isEqualTo(original());
        sweep(
                one,
                List.of(
                        moment -> {
                            assertThat(triedAgain(moment, test(false)).dump()).isEqualTo(original());
                        },
                        moment -> {
                            assertThat(resumed(moment).dump()).isEqualTo(original());
                        },
                        this::takenBack));
    }

    final void sweepATestThatIsKept() {
        var one = record(new Trial(untouched(), test(true), 100));
        assertThat(one.execution().result()).isEqualTo(Result.TESTED);
        var kept = one.site().dump();
        assertThat(kept).isNotEqualTo(original());
        // A test that did not come to its end is taken back.
        sweep(
                one,
                List.of(
                        moment -> {
                            assertThat(triedAgain(moment, test(true)).dump()).isIn(kept, original());
                        },
                        moment -> {
                            assertThat(resumed(moment).dump()).isIn(kept, original());
                        },
                        this::takenBack));
    }

    private Site triedAgain(Moment moment, Start start) {
        var site = place(moment);
        assertThat(new Execution(start, site, moment.progress()).run()).isIn(Result.TESTED, Result.ROLLED_BACK);
        return site;
    }

    private Site resumed(Moment moment) {
        var site = place(moment);
        site.sleep(Duration.ofSeconds(1));
        var start = start(site, Action.RESUME, "second", Optional.of(firstRun()));
        assertThat(new Execution(start, site).run()).isIn(Result.TESTED, Result.ROLLED_BACK, Result.REFUSED);
        return site;
    }

    /** A test that was taken back already is refused. */
    private void takenBack(Moment moment) {
        var site = place(moment);
        site.sleep(Duration.ofSeconds(1));
        if (!isNotLaidOut(site, firstRun())) {
            var start = start(site, Action.ROLLBACK, "undo", Optional.of(firstRun()));
            var result = new Execution(start, site).run();
            assertThat(result).isIn(Result.ROLLED_BACK, Result.REFUSED);
        }
        assertThat(site.dump()).isEqualTo(original());
        site.sleep(Duration.ofSeconds(1));
        var next = start(site, Action.MIGRATE, "next", Optional.empty());
        assertThat(new Execution(next, site).run()).isEqualTo(Result.MIGRATED);
    }

    final void sweepTheRollbackOfATest() {
        var before = tested();
        var _ = sweepARollback(new Trial(before, rollback(before), 50), original());
    }
}
