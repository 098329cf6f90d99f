package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.proof.Execution.Result;
import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.proof.Recording.Moment;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Interceptor;
import dev.rekey.engine.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * An execution dies before and after every request that it makes of a store, and goes on in every way in which it can. A
 * request that is never answered is tried before and after its effect, too.
 */
final class CrashSweepTest {
    private static final String ORIGINAL = new Site(Exhibit.tables()).dump();

    private static Start start(Site site, Action action, String name, Optional<RunId> run) {
        return new Start(Exhibit.PLAN, action, name, site.now(), run);
    }

    /** A site with a migrated run in it. */
    private static Site migrated() {
        var site = new Site(Exhibit.tables());
        assertThat(new Execution(start(site, Action.MIGRATE, "first", Optional.empty()), site).run())
                .isEqualTo(Result.MIGRATED);
        site.sleep(Duration.ofSeconds(1));
        return site;
    }

    /** Stops before and after every request of {@code recording}, and fails if any of them was left out. */
    private static void sweep(Recording recording, int atLeast, Consumer<Moment> cases) {
        var covered = new AtomicInteger();
        recording.moments().entrySet().parallelStream().forEach(moment -> {
            try {
                cases.accept(moment.getKey());
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("died " + moment.getValue(), e);
            }
            covered.addAndGet(moment.getValue().size());
        });
        int requests = recording.requests().size();
        assertThat(covered).as("moments before and after %d requests", requests).hasValue(2 * requests);
        assertThat(requests).isGreaterThan(atLeast);
    }

    /** Counts requests without a recording, so that a recording that misses some is found out. */
    private static int requests(Site site, Start start) {
        var count = new AtomicInteger();
        site.intercept(new Interceptor() {
            @Override
            public void before(Call call) {
                count.incrementAndGet();
            }

            @Override
            public void after(Call call) {}
        });
        new Execution(start, site).run();
        return count.get();
    }

    @Test
    void everyRequestOfAMigration() {
        var site = new Site(Exhibit.tables());
        var start = start(site, Action.MIGRATE, "first", Optional.empty());
        int requests = requests(site.copy(), start);
        var execution = new Execution(start, site);
        var recording = Recording.of(site, execution);
        var whole = Whole.of(site, start.task(), execution.report().orElseThrow());
        assertThat(recording.requests()).hasSize(requests);
        sweep(recording, 400, moment -> {
            workerIsTriedAgain(moment, start, whole);
            anotherExecutionResumes(moment, start, whole);
            anotherExecutionMeetsOtherPages(moment, start, whole);
            anotherExecutionRollsBack(moment, start, whole);
        });
    }

    /** The function died, and the workflow invokes it again. */
    private static void workerIsTriedAgain(Moment moment, Start start, Whole whole) {
        var site = moment.site().copy();
        var execution = new Execution(start, site, moment.progress());
        assertThat(execution.run()).isEqualTo(Result.MIGRATED);
        assertThat(Whole.of(site, start.task(), execution.report().orElseThrow()))
                .isEqualTo(whole);
        rollBack(site, start.task());
    }

    private static void anotherExecutionResumes(Moment moment, Start start, Whole whole) {
        var site = moment.site().copy();
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
    private static void anotherExecutionMeetsOtherPages(Moment moment, Start start, Whole whole) {
        if (moment.progress().state() == Progress.State.COPY) {
            var site = moment.site().copy();
            site.sleep(Duration.ofSeconds(1));
            site.pageLimit(3);
            var execution = new Execution(start(site, Action.RESUME, "second", Optional.of(start.task())), site);
            assertThat(execution.run()).isEqualTo(Result.MIGRATED);
            assertThat(site.dump()).isEqualTo(whole.target());
            assertThat(execution.report().orElseThrow().counts()).isEqualTo(whole.counts());
            rollBack(site, start.task());
        }
    }

    private static void anotherExecutionRollsBack(Moment moment, Start start, Whole whole) {
        var site = moment.site().copy();
        site.sleep(Duration.ofSeconds(1));
        if (!isNotLaidOut(site, start.task())) {
            rollBack(site, start.task());
        }
        assertThat(site.dump()).isEqualTo(ORIGINAL);
        migrateAgain(site, whole);
    }

    private static boolean isNotLaidOut(Site site, RunId run) {
        return !site.holds("runs/" + run + "/control.json");
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
        var site = migrated();
        var before = site.dump();
        var run = start(new Site(Exhibit.tables()), Action.MIGRATE, "first", Optional.empty())
                .task();
        var start = start(site, Action.VERIFY, "check", Optional.of(run));
        int requests = requests(site.copy(), start);
        var execution = new Execution(start, site);
        var recording = Recording.of(site, execution);
        var levels = execution.levels();
        assertThat(recording.requests()).hasSize(requests);
        sweep(recording, 200, moment -> {
            var same = moment.site().copy();
            assertThat(new Execution(start, same, moment.progress()).run()).isEqualTo(Result.VERIFIED);
            var other = moment.site().copy();
            other.sleep(Duration.ofSeconds(1));
            var again = new Execution(start(other, Action.VERIFY, "again", Optional.of(run)), other);
            assertThat(again.run()).isEqualTo(Result.VERIFIED);
            assertThat(again.levels()).isEqualTo(levels);
            assertThat(List.of(same.dump(), other.dump())).containsOnly(before);
        });
    }

    @Test
    void everyRequestOfARollback() {
        var site = migrated();
        var target = site.dump();
        var run = start(new Site(Exhibit.tables()), Action.MIGRATE, "first", Optional.empty())
                .task();
        var start = start(site, Action.ROLLBACK, "undo", Optional.of(run));
        int requests = requests(site.copy(), start);
        var recording = Recording.of(site, new Execution(start, site));
        assertThat(recording.requests()).hasSize(requests);
        sweep(recording, 120, moment -> {
            var same = moment.site().copy();
            assertThat(new Execution(start, same, moment.progress()).run()).isEqualTo(Result.ROLLED_BACK);
            assertThat(same.dump()).isEqualTo(ORIGINAL);
            for (var action : List.of(Action.RESUME, Action.ROLLBACK)) {
                var other = moment.site().copy();
                other.sleep(Duration.ofSeconds(1));
                var result = new Execution(start(other, action, "again", Optional.of(run)), other).run();
                var expected = result == Result.REFUSED && isMigrated(other, run) ? target : ORIGINAL;
                assertThat(other.dump()).isEqualTo(expected);
            }
        });
    }

    /** Before its first request a rollback has not begun, and there is nothing to resume. */
    private static boolean isMigrated(Site site, RunId run) {
        return site.control(run).contains("\"migrated\"");
    }

    @Test
    void everyRequestIsLeftWithoutAnAnswer() {
        var site = new Site(Exhibit.tables());
        var start = start(site, Action.MIGRATE, "first", Optional.empty());
        var execution = new Execution(start, site);
        var recording = Recording.of(site, execution);
        var whole = Whole.of(site, start.task(), execution.report().orElseThrow());
        site.sleep(Duration.ofSeconds(1));
        var undo = start(site, Action.ROLLBACK, "undo", Optional.of(start.task()));
        var undone = Recording.of(site, new Execution(undo, site));
        recording.requests().parallelStream().forEach(request -> {
            for (boolean done : new boolean[] {false, true}) {
                withoutAnswer(recording, start, request, done)
                        .ifPresent(after -> assertThat(after.dump())
                                .as("%s, done: %s", request, done)
                                .isEqualTo(whole.target()));
            }
        });
        undone.requests().parallelStream().forEach(request -> {
            for (boolean done : new boolean[] {false, true}) {
                withoutAnswer(undone, undo, request, done)
                        .ifPresent(after -> assertThat(after.dump())
                                .as("%s, done: %s", request, done)
                                .isEqualTo(ORIGINAL));
            }
        });
    }

    /**
     * The process lives on, and so the execution ends as if nothing had happened.
     *
     * @return the site at the end; empty if after the state the site is what it was in the recording to the byte, so
     *     that what follows has been seen
     */
    private static Optional<Site> withoutAnswer(
            Recording recording, Start start, Recording.Request request, boolean done) {
        var site = recording.state(request.state()).site().copy();
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
