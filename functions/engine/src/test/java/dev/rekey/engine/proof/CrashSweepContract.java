package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.proof.Execution.Result;
import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.proof.Recording.Moment;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Undoing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * An execution dies before and after the requests that it makes of its stores, and goes on in ways in which it can: see {@link Testbed}.
 * A request that is never answered is tried before and after its effect, too. Cases are tried by several threads.
 */
abstract class CrashSweepContract extends Sweep {
    CrashSweepContract(Exhibit exhibit) {
        super(exhibit);
    }

    @Test
    void everyRequestOfAMigration() {
        var first = recordedFirst();
        sweepAMigration(first, first.ended(), compared());
    }

    /**
     * What of a migration must not depend on where it was stopped. In place, an attempt that finds what an earlier one wrote
     * logs what that one found as well.
     */
    final UnaryOperator<Whole> compared() {
        return exhibit().plan().contains("mode: inPlace") ? Whole::withoutAttempts : UnaryOperator.identity();
    }

    /** @param compared what must not depend on where a migration was stopped, or on what an operator does meanwhile */
    final Uninterrupted sweepAMigration(Trial trial, UnaryOperator<Whole> compared) {
        var plain = trial.start().equals(firstMigration()) ? firstMigrated() : plain(trial);
        var one = record(trial);
        sweepAMigration(one, plain, compared);
        return one;
    }

    private void sweepAMigration(Uninterrupted one, Ended plain, UnaryOperator<Whole> compared) {
        var start = one.trial().start();
        var whole = new Expected(
                one.trial().before().dump(),
                compared,
                Whole.of(plain.site(), start, plain.execution().report().orElseThrow()));
        whole.isThatOf(one.recording().end(), start, one.execution());
        sweep(
                one,
                List.of(
                        moment -> workerIsTriedAgain(moment, start, whole),
                        moment -> anotherExecutionResumes(moment, start, whole),
                        moment -> anotherExecutionMeetsOtherPages(moment, start, whole),
                        moment -> anotherExecutionRollsBack(moment, start, whole)));
    }

    private Ended plain(Trial trial) {
        var site = place(trial.before());
        var execution = new Execution(trial.start(), site);
        assertThat(execution.run()).isEqualTo(Result.MIGRATED);
        return new Ended(site.copy(), execution);
    }

    /**
     * What a migration leaves behind that nobody stopped or meddled with, as far as it is {@code compared}.
     *
     * @param before everything in the tables before it
     */
    private record Expected(String before, UnaryOperator<Whole> compared, Whole whole) {
        void isThatOf(Site site, Start start, Execution execution) {
            var left = Whole.of(site, start, execution.report().orElseThrow());
            assertThat(compared.apply(left)).isEqualTo(compared.apply(whole));
        }
    }

    /** The function died, and the workflow invokes it again. */
    private void workerIsTriedAgain(Moment moment, Start start, Expected whole) {
        var site = place(moment);
        var execution = new Execution(start, site, moment.progress());
        assertThat(execution.run()).isEqualTo(Result.MIGRATED);
        whole.isThatOf(site, start, execution);
        rollBack(site, start.task(), whole.before());
    }

    private void anotherExecutionResumes(Moment moment, Start start, Expected whole) {
        var site = place(moment);
        site.sleep(Duration.ofSeconds(1));
        var execution = new Execution(start(site, Action.RESUME, "second", Optional.of(start.task())), site);
        switch (execution.run()) {
            case MIGRATED -> {
                whole.isThatOf(site, start, execution);
                rollBack(site, start.task(), whole.before());
            }
            case REFUSED ->
                assertThat(isNotLaidOut(site, start.task()) || isEnded(site, start.task(), whole.whole()))
                        .isTrue();
            case ANALYZED, VERIFIED, TESTED, ROLLED_BACK, SUPERSEDED, INCOMPLETE ->
                throw new AssertionError("a resumed migration migrates");
        }
    }

    /** A scan may give longer pages than before: what was logged for one page is then met on another. */
    private void anotherExecutionMeetsOtherPages(Moment moment, Start start, Expected expected) {
        if (moment.progress().state() == Progress.State.COPY) {
            var site = place(moment);
            site.sleep(Duration.ofSeconds(1));
            site.pageLimit(3);
            var execution = new Execution(start(site, Action.RESUME, "second", Optional.of(start.task())), site);
            assertThat(execution.run()).isEqualTo(Result.MIGRATED);
            assertThat(site.dump()).isEqualTo(expected.whole().target());
            assertThat(execution.report().orElseThrow().work().counts())
                    .isEqualTo(expected.whole().counts());
            rollBack(site, start.task(), expected.before());
        }
    }

    private void anotherExecutionRollsBack(Moment moment, Start start, Expected expected) {
        var site = place(moment);
        site.sleep(Duration.ofSeconds(1));
        if (!isNotLaidOut(site, start.task())) {
            rollBack(site, start.task(), expected.before());
        }
        assertThat(site.dump()).isEqualTo(expected.before());
        migrateAgain(site, start, expected.whole());
    }

    static boolean isNotLaidOut(Site site, RunId run) {
        return !site.holds("runs/" + run + "/manifest.json");
    }

    private static boolean isEnded(Site site, RunId run, Whole whole) {
        return site.holds("runs/" + run + "/reports/migrated.json")
                && site.dump().equals(whole.target());
    }

    /** As {@code start} did. */
    private void migrateAgain(Site site, Start start, Whole whole) {
        site.sleep(Duration.ofSeconds(1));
        var next = start(site, Action.MIGRATE, "next", Optional.empty()).asking(start.options());
        var execution = new Execution(next, site);
        assertThat(execution.run()).isEqualTo(Result.MIGRATED);
        assertThat(site.dump()).isEqualTo(whole.target());
    }

    @Test
    void everyRequestOfAVerification() {
        var before = migrated();
        var target = before.dump();
        var run = firstRun();
        var start = start(before, Action.VERIFY, "check", Optional.of(run));
        var one = record(new Trial(before, start, 200));
        var levels = one.execution().levels();
        sweep(
                one,
                List.of(
                        moment -> {
                            var same = place(moment);
                            assertThat(new Execution(start, same, moment.progress()).run())
                                    .isEqualTo(Result.VERIFIED);
                            assertThat(same.dump()).isEqualTo(target);
                        },
                        moment -> {
                            var other = place(moment);
                            other.sleep(Duration.ofSeconds(1));
                            var again = new Execution(start(other, Action.VERIFY, "again", Optional.of(run)), other);
                            assertThat(again.run()).isEqualTo(Result.VERIFIED);
                            assertThat(again.levels()).isEqualTo(levels);
                            assertThat(other.dump()).isEqualTo(target);
                        }));
    }

    @Test
    void everyRequestOfARollback() {
        var before = migrated();
        var verified = rollback(before).undoing(Undoing.ALL.verifying(true));
        var _ = sweepARollback(new Trial(before, verified, 120), original());
    }

    /** Stops a rollback that deletes and restores in batches. */
    final void sweepAnExclusiveRollback() {
        var before = migrated();
        var trial = new Trial(before, rollback(before).exclusive(), 120);
        var _ = sweepARollback(trial, original());
        leaveWithoutAnswer(record(trial));
    }

    /** Of the first run. */
    final Start rollback(Site at) {
        return start(at, Action.ROLLBACK, "undo", Optional.of(firstRun()));
    }

    /** @param wanted everything in the tables when all is undone that is to be */
    final Uninterrupted sweepARollback(Trial trial, String wanted) {
        var start = trial.start();
        var one = record(trial);
        sweep(
                one,
                List.of(
                        moment -> {
                            var same = place(moment);
                            var goingOn = new Execution(start, same, moment.progress());
                            assertThat(goingOn.run()).isEqualTo(Result.ROLLED_BACK);
                            assertThat(same.dump()).isEqualTo(wanted);
                            assertCompared(goingOn, start);
                            rollBackTheRest(same, start);
                        },
                        moment -> rollBackGoesOn(again(Action.RESUME, moment, start), moment, trial.before(), wanted),
                        moment ->
                                rollBackGoesOn(again(Action.ROLLBACK, moment, start), moment, trial.before(), wanted)));
        return one;
    }

    private Start again(Action action, Moment moment, Start start) {
        var site = moment.site().copy();
        site.sleep(Duration.ofSeconds(1));
        return start(site, action, "again", start.on()).undoing(start.undoing());
    }

    private void rollBackGoesOn(Start again, Moment moment, Site before, String wanted) {
        var site = place(moment);
        site.sleep(Duration.ofSeconds(1));
        var execution = new Execution(again, site);
        var result = execution.run();
        if (result == Result.REFUSED) {
            // Before its first request a rollback has not begun, and there is nothing to resume.
            boolean hasBegun = !site.control(again.run()).equals(before.control(again.run()));
            assertThat(site.dump()).isEqualTo(hasBegun ? wanted : before.dump());
        } else {
            assertThat(result).isEqualTo(Result.ROLLED_BACK);
            assertThat(site.dump()).isEqualTo(wanted);
            assertCompared(execution, again);
        }
        rollBackTheRest(site, again);
    }

    /** Where it was asked for, everything that the run wrote was compared, and found as it was. */
    private static void assertCompared(Execution execution, Start start) {
        var compared = execution.report().orElseThrow().verified().undone();
        assertThat(compared.isPresent()).isEqualTo(start.undoing().verify());
        compared.ifPresent(undone -> {
            assertThat(undone.counts().get(Counted.RESTORED)).isPositive();
            assertThat(undone.counts()).containsEntry(Counted.DIFFERENT, 0L).containsEntry(Counted.DRIFT, 0L);
        });
    }

    /** What the rollback of a part of the run leaves in the target, and where it was refused. */
    private void rollBackTheRest(Site site, Start part) {
        if (part.undoing().leavesTheRest()) {
            rollBack(site, part.run(), original());
        }
    }

    /** Leaves a living process without the answer to a request of a migration, for each that is chosen. */
    final void leaveAMigrationWithoutAnswers() {
        leaveWithoutAnswer(recordedFirst());
    }

    /** The same for a rollback. */
    final void leaveARollbackWithoutAnswers() {
        var before = migrated();
        leaveWithoutAnswer(record(new Trial(before, rollback(before), 120)));
    }
}
