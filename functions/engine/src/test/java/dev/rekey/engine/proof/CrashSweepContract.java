package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.proof.Execution.Result;
import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.proof.Recording.Moment;
import dev.rekey.engine.proof.Recording.Request;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Interceptor;
import dev.rekey.engine.store.Interceptor.Call;
import dev.rekey.engine.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * An execution dies before and after the requests that it makes of its stores, and goes on in every way in which it can.
 * A request that is never answered is tried before and after its effect, too. Cases are tried by several threads.
 */
abstract class CrashSweepContract {
    private static final String ORIGINAL = new Site(Exhibit.tables()).dump();

    /** {@code site}, which is in memory, at the stores that are swept: the calling thread's until it calls this again. */
    abstract Site place(Site site);

    /**
     * The numbers of the requests at which an execution shall die.
     *
     * @param requests all that it makes
     */
    abstract Set<Integer> chosen(Action action, List<Call> requests);

    /** Those of {@code all} in which it shall go on after the moment of this number. */
    abstract <T> List<T> ways(int moment, List<T> all);

    private static Start start(Site site, Action action, String name, Optional<RunId> run) {
        return new Start(Exhibit.PLAN, action, name, site.now(), run);
    }

    /** A site, in memory, with a migrated run in it. */
    private Site migrated() {
        var site = place(new Site(Exhibit.tables()));
        assertThat(new Execution(start(site, Action.MIGRATE, "first", Optional.empty()), site).run())
                .isEqualTo(Result.MIGRATED);
        assertThat(site.manifest(firstRun()).table(new TableName("Orders")).ranges())
                .as("what is read in ranges")
                .hasSize(2);
        site.sleep(Duration.ofSeconds(1));
        return site.copy();
    }

    /** An execution that nothing stopped, of which every request was seen, with the moments at which others die. */
    private record Uninterrupted(Site site, Execution execution, Recording recording, Set<Integer> chosen) {}

    private Uninterrupted record(Site before, Start start, int atLeast) {
        var requests = requests(place(before), start);
        assertThat(requests).hasSizeGreaterThan(atLeast);
        var chosen = chosen(start.action(), requests);
        var site = place(before);
        var execution = new Execution(start, site);
        var recording = Recording.of(site, execution, chosen::contains);
        assertThat(recording.requests()).extracting(Request::call).isEqualTo(requests);
        return new Uninterrupted(site, execution, recording, chosen);
    }

    /** What an execution asks for, seen without a recording, so that a recording that misses some is found out. */
    private static List<Call> requests(Site site, Start start) {
        var calls = new ArrayList<Call>();
        site.intercept(new Interceptor() {
            @Override
            public void before(Call call) {
                calls.add(call);
            }

            @Override
            public void after(Call call) {}
        });
        new Execution(start, site).run();
        site.intercept(Interceptor.none());
        return calls;
    }

    /** What an execution asks for when its stores are in memory. */
    static List<Call> requestsInMemory(Action action) {
        var site = new Site(Exhibit.tables());
        var migrating = requests(site, start(site, Action.MIGRATE, "first", Optional.empty()));
        site.sleep(Duration.ofSeconds(1));
        return action == Action.MIGRATE
                ? migrating
                : requests(site, start(site, action, "next", Optional.of(firstRun())));
    }

    /** Stops before and after every chosen request, and fails if any of them was left out. */
    private void sweep(Uninterrupted one, List<Consumer<Moment>> all) {
        var moments = List.copyOf(one.recording().moments().entrySet());
        var covered = new AtomicInteger();
        IntStream.range(0, moments.size()).parallel().forEach(number -> {
            var moment = moments.get(number);
            try {
                ways(number, all).forEach(way -> way.accept(moment.getKey()));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("died " + moment.getValue(), e);
            }
            covered.addAndGet(moment.getValue().size());
        });
        int requests = one.chosen().size();
        assertThat(covered).as("moments before and after %d requests", requests).hasValue(2 * requests);
    }

    @Test
    void everyRequestOfAMigration() {
        var before = new Site(Exhibit.tables());
        var start = start(before, Action.MIGRATE, "first", Optional.empty());
        var one = record(before, start, 400);
        var whole = Whole.of(one.site(), start.task(), one.execution().report().orElseThrow());
        sweep(
                one,
                List.of(
                        moment -> workerIsTriedAgain(moment, start, whole),
                        moment -> anotherExecutionResumes(moment, start, whole),
                        moment -> anotherExecutionMeetsOtherPages(moment, start, whole),
                        moment -> anotherExecutionRollsBack(moment, start, whole)));
    }

    /** The function died, and the workflow invokes it again. */
    private void workerIsTriedAgain(Moment moment, Start start, Whole whole) {
        var site = place(moment.site());
        var execution = new Execution(start, site, moment.progress());
        assertThat(execution.run()).isEqualTo(Result.MIGRATED);
        assertThat(Whole.of(site, start.task(), execution.report().orElseThrow()))
                .isEqualTo(whole);
        rollBack(site, start.task());
    }

    private void anotherExecutionResumes(Moment moment, Start start, Whole whole) {
        var site = place(moment.site());
        site.sleep(Duration.ofSeconds(1));
        var execution = new Execution(start(site, Action.RESUME, "second", Optional.of(start.task())), site);
        switch (execution.run()) {
            case MIGRATED -> {
                assertThat(Whole.of(site, start.task(), execution.report().orElseThrow()))
                        .isEqualTo(whole);
                rollBack(site, start.task());
            }
            case REFUSED ->
                assertThat(isNotLaidOut(site, start.task()) || isEnded(site, start.task(), whole))
                        .isTrue();
            case VERIFIED, ROLLED_BACK, SUPERSEDED, INCOMPLETE ->
                throw new AssertionError("a resumed migration migrates");
        }
    }

    /** A scan may give longer pages than before: what was logged for one page is then met on another. */
    private void anotherExecutionMeetsOtherPages(Moment moment, Start start, Whole whole) {
        if (moment.progress().state() == Progress.State.COPY) {
            var site = place(moment.site());
            site.sleep(Duration.ofSeconds(1));
            site.pageLimit(3);
            var execution = new Execution(start(site, Action.RESUME, "second", Optional.of(start.task())), site);
            assertThat(execution.run()).isEqualTo(Result.MIGRATED);
            assertThat(site.dump()).isEqualTo(whole.target());
            assertThat(execution.report().orElseThrow().counts()).isEqualTo(whole.counts());
            rollBack(site, start.task());
        }
    }

    private void anotherExecutionRollsBack(Moment moment, Start start, Whole whole) {
        var site = place(moment.site());
        site.sleep(Duration.ofSeconds(1));
        if (!isNotLaidOut(site, start.task())) {
            rollBack(site, start.task());
        }
        assertThat(site.dump()).isEqualTo(ORIGINAL);
        migrateAgain(site, whole);
    }

    private static boolean isNotLaidOut(Site site, RunId run) {
        return !site.holds("runs/" + run + "/manifest.json");
    }

    private static boolean isEnded(Site site, RunId run, Whole whole) {
        return site.holds("runs/" + run + "/reports/migrated.json")
                && site.dump().equals(whole.target());
    }

    private static void rollBack(Site site, RunId run) {
        site.sleep(Duration.ofSeconds(1));
        var execution = new Execution(start(site, Action.ROLLBACK, "undo", Optional.of(run)), site);
        assertThat(execution.run()).isEqualTo(Result.ROLLED_BACK);
        assertThat(execution.report().orElseThrow().drift()).isEmpty();
        assertThat(site.dump()).isEqualTo(ORIGINAL);
        assertThat(site.locks()).doesNotContain(run.value());
    }

    private static void migrateAgain(Site site, Whole whole) {
        site.sleep(Duration.ofSeconds(1));
        var execution = new Execution(start(site, Action.MIGRATE, "next", Optional.empty()), site);
        assertThat(execution.run()).isEqualTo(Result.MIGRATED);
        assertThat(site.dump()).isEqualTo(whole.target());
    }

    @Test
    void everyRequestOfAVerification() {
        var before = migrated();
        var target = before.dump();
        var run = firstRun();
        var start = start(before, Action.VERIFY, "check", Optional.of(run));
        var one = record(before, start, 200);
        var levels = one.execution().levels();
        sweep(
                one,
                List.of(
                        moment -> {
                            var same = place(moment.site());
                            assertThat(new Execution(start, same, moment.progress()).run())
                                    .isEqualTo(Result.VERIFIED);
                            assertThat(same.dump()).isEqualTo(target);
                        },
                        moment -> {
                            var other = place(moment.site());
                            other.sleep(Duration.ofSeconds(1));
                            var again = new Execution(start(other, Action.VERIFY, "again", Optional.of(run)), other);
                            assertThat(again.run()).isEqualTo(Result.VERIFIED);
                            assertThat(again.levels()).isEqualTo(levels);
                            assertThat(other.dump()).isEqualTo(target);
                        }));
    }

    private static RunId firstRun() {
        return start(new Site(Exhibit.tables()), Action.MIGRATE, "first", Optional.empty())
                .task();
    }

    @Test
    void everyRequestOfARollback() {
        var before = migrated();
        sweepARollback(before, start(before, Action.ROLLBACK, "undo", Optional.of(firstRun())));
    }

    /** Stops a rollback that deletes and restores in batches. */
    final void sweepAnExclusiveRollback() {
        var before = migrated();
        var start =
                start(before, Action.ROLLBACK, "undo", Optional.of(firstRun())).exclusive();
        sweepARollback(before, start);
        leaveWithoutAnswer(record(before, start, 120), start);
    }

    private void sweepARollback(Site before, Start start) {
        var target = before.dump();
        sweep(
                record(before, start, 120),
                List.of(
                        moment -> {
                            var same = place(moment.site());
                            assertThat(new Execution(start, same, moment.progress()).run())
                                    .isEqualTo(Result.ROLLED_BACK);
                            assertThat(same.dump()).isEqualTo(ORIGINAL);
                        },
                        moment -> rollBackGoesOn(Action.RESUME, moment, target),
                        moment -> rollBackGoesOn(Action.ROLLBACK, moment, target)));
    }

    private void rollBackGoesOn(Action action, Moment moment, String migrated) {
        var site = place(moment.site());
        site.sleep(Duration.ofSeconds(1));
        var result = new Execution(start(site, action, "again", Optional.of(firstRun())), site).run();
        var expected = result == Result.REFUSED && isMigrated(site, firstRun()) ? migrated : ORIGINAL;
        assertThat(site.dump()).isEqualTo(expected);
    }

    /** Before its first request a rollback has not begun, and there is nothing to resume. */
    private static boolean isMigrated(Site site, RunId run) {
        return site.control(run).contains("\"migrated\"");
    }

    /** Leaves a living process without the answer to a request of a migration, for each that is chosen. */
    final void leaveAMigrationWithoutAnswers() {
        var before = new Site(Exhibit.tables());
        var start = start(before, Action.MIGRATE, "first", Optional.empty());
        leaveWithoutAnswer(record(before, start, 400), start);
    }

    /** The same for a rollback. */
    final void leaveARollbackWithoutAnswers() {
        var before = migrated();
        var start = start(before, Action.ROLLBACK, "undo", Optional.of(firstRun()));
        leaveWithoutAnswer(record(before, start, 120), start);
    }

    private void leaveWithoutAnswer(Uninterrupted one, Start start) {
        var target = one.site().dump();
        one.chosen().parallelStream().forEach(number -> {
            var request = one.recording().requests().get(number);
            for (boolean done : new boolean[] {false, true}) {
                withoutAnswer(one.recording(), start, request, done)
                        .ifPresent(after -> assertThat(after.dump())
                                .as("%s, done: %s", request, done)
                                .isEqualTo(target));
            }
        });
    }

    /**
     * The process lives on, and so the execution ends as if nothing had happened.
     *
     * @return the site at the end; empty if after the state the site is what it was in the recording to the byte, so
     *     that what follows has been seen
     */
    private Optional<Site> withoutAnswer(Recording recording, Start start, Request request, boolean done) {
        var site = place(recording.state(request.state()).site());
        site.intercept(new Interceptor() {
            private int number;

            @Override
            public void before(Call call) {
                if (number == request.inState() && !done) {
                    number++;
                    throw new StoreException(StoreException.Kind.UNAVAILABLE, "no answer");
                }
            }

            @Override
            public void after(Call call) {
                if (number++ == request.inState() && done) {
                    throw new StoreException(StoreException.Kind.UNAVAILABLE, "the answer is lost");
                }
            }
        });
        var sameAgain = new AtomicBoolean();
        site.onEntered(progress -> {
            var recorded = recording.state(progress);
            if (!progress.equals(request.state()) && recorded != null && site.holdsTheSameAs(recorded.site())) {
                sameAgain.set(true);
                throw new Platform.StateFailed("seen before");
            }
        });
        var result = Optional.<Result>empty();
        try {
            result = Optional.of(new Execution(start, site, request.state()).run());
        } catch (Platform.StateFailed seen) {
            assertThat(sameAgain).isTrue();
            return Optional.empty();
        }
        assertThat(result.get()).as("%s, done: %s", request, done).isIn(Result.MIGRATED, Result.ROLLED_BACK);
        return Optional.of(site);
    }
}
