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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * How executions are stopped before and after their requests, by several threads. Where the stores are in memory, every
 * request is tried, and every way to go on.
 */
abstract class Sweep {
    private final Exhibit exhibit;

    Sweep(Exhibit exhibit) {
        this.exhibit = exhibit;
    }

    final Exhibit exhibit() {
        return exhibit;
    }

    /** The exhibit before any run. */
    final Site untouched() {
        return new Site(exhibit.tables());
    }

    /** Everything in the tables before any run. */
    final String original() {
        return untouched().dump();
    }

    /** {@code site}, which is in memory, at the stores that are swept: the calling thread's until it calls this again. */
    Site place(Site site) {
        return site.copy();
    }

    /**
     * The numbers of the requests at which an execution shall die.
     *
     * @param requests those that are to be tried, by their numbers
     * @param inMemory what they are where the stores are in memory
     */
    Set<Integer> chosen(SortedMap<Integer, Call> requests, Collection<Call> inMemory) {
        return requests.keySet();
    }

    /** Those of {@code all} in which it shall go on after the moment of this number. */
    <T> List<T> ways(int moment, List<T> all) {
        return all;
    }

    final Start start(Site site, Action action, String name, Optional<RunId> run) {
        return new Start(exhibit.plan(), action, name, site.now(), run);
    }

    final RunId firstRun() {
        return start(untouched(), Action.MIGRATE, "first", Optional.empty()).task();
    }

    /** A site, in memory, with a migrated run in it. */
    final Site migrated() {
        var site = place(untouched());
        assertThat(new Execution(start(site, Action.MIGRATE, "first", Optional.empty()), site).run())
                .isEqualTo(Result.MIGRATED);
        assertThat(site.manifest(firstRun())
                        .table(new TableName(exhibit.readInRanges()))
                        .sourceSegments()
                        .ranges())
                .as("what is read in ranges")
                .hasSize(2);
        site.sleep(Duration.ofSeconds(1));
        return site.copy();
    }

    /**
     * What is tried.
     *
     * @param tried of which requests
     * @param atLeast so many of them there are
     */
    record Trial(Site before, Start start, Meddling meddling, Predicate<Request> tried, int atLeast) {
        /** Every request of an execution that nobody meddles with. */
        Trial(Site before, Start start, int atLeast) {
            this(before, start, Meddling.NONE, _ -> true, atLeast);
        }

        private Site meddledWith(Site site) {
            site.meddle(meddling, start.run());
            return site;
        }
    }

    /** An execution that nothing stopped, of which every request was seen, with the moments at which others die. */
    record Uninterrupted(Trial trial, Site site, Execution execution, Recording recording, Set<Integer> chosen) {}

    final Uninterrupted record(Trial trial) {
        var inMemory = tried(trial, requests(trial, trial.before().copy()));
        var requests = requests(trial, place(trial.before()));
        var tried = tried(trial, requests);
        assertThat(tried).hasSizeGreaterThan((int) (trial.atLeast() * exhibit.size()));
        var chosen = chosen(tried, inMemory.values());
        var site = trial.meddledWith(place(trial.before()));
        var execution = new Execution(trial.start(), site);
        var recording = Recording.of(site, execution, chosen::contains);
        assertThat(recording.requests()).isEqualTo(requests);
        return new Uninterrupted(trial, site, execution, recording, chosen);
    }

    private static SortedMap<Integer, Call> tried(Trial trial, List<Request> requests) {
        var tried = new TreeMap<Integer, Call>();
        for (int number = 0; number < requests.size(); number++) {
            if (trial.tried().test(requests.get(number))) {
                tried.put(number, requests.get(number).call());
            }
        }
        return tried;
    }

    /** What an execution asks for, seen without a recording, so that a recording that misses some is found out. */
    private static List<Request> requests(Trial trial, Site site) {
        var requests = new ArrayList<Request>();
        var numbers = new Numbers();
        trial.meddledWith(site).intercept(new Interceptor() {
            @Override
            public void before(Call call) {
                requests.add(numbers.next(call, site.isAside()));
            }

            @Override
            public void after(Call call) {}
        });
        site.onEntered(numbers::entered);
        new Execution(trial.start(), site).run();
        site.onEntered(_ -> {});
        site.intercept(Interceptor.none());
        return requests;
    }

    /** Stops before and after every chosen request, and fails if any of them was left out. */
    final void sweep(Uninterrupted one, List<Consumer<Moment>> all) {
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

    /** @param wanted everything in the tables afterwards */
    final void rollBack(Site site, RunId run, String wanted) {
        site.sleep(Duration.ofSeconds(1));
        var execution = new Execution(start(site, Action.ROLLBACK, "undo", Optional.of(run)), site);
        assertThat(execution.run()).isEqualTo(Result.ROLLED_BACK);
        assertThat(execution.report().orElseThrow().others().drift()).isEmpty();
        assertThat(site.dump()).isEqualTo(wanted);
        assertThat(site.locks()).doesNotContain(run.value());
    }

    /** Leaves a living process without the answer to each chosen request. */
    final void leaveWithoutAnswer(Uninterrupted one) {
        fail(one, () -> new StoreException(StoreException.Kind.UNAVAILABLE, "no answer"));
    }

    /** Whoever makes a chosen request throws {@code failure}, before its effect and after. */
    final void fail(Uninterrupted one, Supplier<RuntimeException> failure) {
        var target = one.site().dump();
        one.chosen().parallelStream().forEach(number -> {
            var request = one.recording().requests().get(number);
            for (boolean done : new boolean[] {false, true}) {
                failing(one, request, done, failure)
                        .ifPresent(after -> assertThat(after.dump())
                                .as("%s, done: %s", request, done)
                                .isEqualTo(target));
            }
        });
    }

    /**
     * The execution lives on, and so it ends as if nothing had happened.
     *
     * @return the site at the end; empty if after the state the site is what it was in the recording to the byte, so
     *     that what follows has been seen
     */
    private Optional<Site> failing(
            Uninterrupted one, Request request, boolean done, Supplier<RuntimeException> failure) {
        var recording = one.recording();
        var site = one.trial().meddledWith(place(recording.state(request.state())));
        var failed = new AtomicBoolean();
        var numbers = new Numbers();
        site.intercept(new Interceptor() {
            private Optional<Request> now = Optional.empty();

            @Override
            public void before(Call call) {
                now = Optional.of(numbers.next(call, site.isAside()));
                if (!done) {
                    failIfIt();
                }
            }

            @Override
            public void after(Call call) {
                if (done) {
                    failIfIt();
                }
            }

            private void failIfIt() {
                if (now.equals(Optional.of(request))) {
                    failed.set(true);
                    throw failure.get();
                }
            }
        });
        var sameAgain = new AtomicBoolean();
        site.onEntered(progress -> {
            numbers.entered(progress);
            var recorded = recording.state(progress);
            if (!progress.equals(request.state()) && recorded != null && site.holdsTheSameAs(recorded)) {
                sameAgain.set(true);
                throw new Platform.StateFailed("seen before");
            }
        });
        var result = Optional.<Result>empty();
        try {
            result = Optional.of(new Execution(one.trial().start(), site, request.state()).run());
        } catch (Platform.StateFailed seen) {
            assertThat(sameAgain).isTrue();
        }
        assertThat(failed).as("%s, done: %s", request, done).isTrue();
        if (sameAgain.get()) {
            return Optional.empty();
        }
        assertThat(result.get())
                .as("%s, done: %s", request, done)
                .isEqualTo(one.execution().result());
        return Optional.of(site);
    }
}
