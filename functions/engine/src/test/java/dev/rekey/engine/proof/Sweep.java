package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.proof.Execution.Result;
import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.proof.Recording.Around;
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
 * request is tried.
 */
abstract class Sweep {
    private final Exhibit exhibit;
    private Optional<Uninterrupted> firstMigrated = Optional.empty();

    Sweep(Exhibit exhibit) {
        this.exhibit = exhibit;
    }

    final Exhibit exhibit() {
        return exhibit;
    }

    /** The exhibit before the run that is swept. */
    Site untouched() {
        return new Site(new MemoryStores(exhibit.tables(), exhibit.bucket()));
    }

    /** Everything in the tables before any run. */
    final String original() {
        return untouched().dump();
    }

    /** Where it runs. */
    Testbed testbed() {
        if (Boolean.getBoolean("rekey.exhaustive")) {
            return Testbed.inMemory();
        }
        return Testbed.inTurn(exhibit instanceof CopyExhibit || exhibit instanceof InPlaceExhibit ? 1 : 2);
    }

    final Site place(Site site) {
        return testbed().place(site);
    }

    /** Where an execution goes on. */
    final Site place(Moment moment) {
        var site = place(moment.site());
        moment.watcher().ifPresent(watcher -> watcher.accept(site));
        return site;
    }

    final Start start(Site site, Action action, String name, Optional<RunId> run) {
        return new Start(exhibit.plan(), action, name, site.now(), run);
    }

    final RunId firstRun() {
        return firstMigration().task();
    }

    /** The run that is swept. */
    Start firstMigration() {
        return start(untouched(), Action.MIGRATE, "first", Optional.empty());
    }

    /** An execution that has ended, and the site then, in memory. */
    record Ended(Site site, Execution execution) {}

    /** The first migration, which nobody meddles with; runs it once. */
    final Uninterrupted recordedFirst() {
        if (firstMigrated.isEmpty()) {
            var first = record(new Trial(untouched(), firstMigration(), 400));
            assertThat(first.execution().result()).isEqualTo(Result.MIGRATED);
            firstMigrated = Optional.of(first);
        }
        return firstMigrated.get();
    }

    final Ended firstMigrated() {
        return recordedFirst().ended();
    }

    /** A site, in memory, with a migrated run in it. */
    final Site migrated() {
        var site = firstMigrated().site().copy();
        // A file is read from its beginning to its end.
        assertThat(site.manifest(firstRun())
                        .table(new TableName(exhibit.readInRanges()))
                        .sourceSegments()
                        .ranges())
                .as("what is read in ranges")
                .hasSize(exhibit.files().isEmpty() ? 2 : 0);
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
    record Uninterrupted(
            Trial trial,
            Site site,
            Execution execution,
            Recording recording,
            SortedMap<Integer, Request> tried,
            Set<Integer> chosen) {
        Ended ended() {
            return new Ended(recording.end(), execution);
        }

        private List<Case> cases() {
            return recording.moments().entrySet().stream()
                    .map(one -> new Case(
                            one.getKey(),
                            one.getValue().stream()
                                    .filter(around -> chosen.contains(around.number()))
                                    .toList()))
                    .filter(one -> !one.around().isEmpty())
                    .toList();
        }
    }

    /** A moment, and around which of the chosen requests it lies. */
    private record Case(Moment moment, List<Around> around) {}

    final Uninterrupted record(Trial trial) {
        var inMemory = tried(trial, requests(trial, trial.before().copy()));
        var counted = testbed().counted(() -> requests(trial, place(trial.before())));
        var kept = counted.map(requests -> testbed().chosen(tried(trial, requests), inMemory));
        var site = trial.meddledWith(place(trial.before()));
        var execution = new Execution(trial.start(), site);
        var recording = Recording.of(
                site,
                execution,
                number -> kept.map(numbers -> numbers.contains(number)).orElse(true));
        counted.ifPresent(requests -> assertThat(recording.requests()).isEqualTo(requests));
        var tried = tried(trial, recording.requests());
        assertThat(tried).hasSizeGreaterThan((int) (trial.atLeast() * exhibit.size()));
        return new Uninterrupted(
                trial, site, execution, recording, tried, testbed().chosen(tried, inMemory));
    }

    private static SortedMap<Integer, Request> tried(Trial trial, List<Request> requests) {
        var tried = new TreeMap<Integer, Request>();
        for (int number = 0; number < requests.size(); number++) {
            if (trial.tried().test(requests.get(number))) {
                tried.put(number, requests.get(number));
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
        var cases = one.cases();
        var seen = new Seen(testbed().toTheByte());
        if (one.trial().meddling().equals(Meddling.NONE)) {
            // It is as if the function were tried again without ever having died.
            all.stream().limit(1).forEach(way -> seen.add(way, one.recording()));
        }
        var covered = new AtomicInteger();
        IntStream.range(0, cases.size()).parallel().forEach(number -> {
            var moment = cases.get(number).moment();
            var around = cases.get(number).around();
            try {
                testbed().ways(one, number, around, all).forEach(way -> goOn(seen, way, moment));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("died " + around, e);
            }
            covered.addAndGet(around.size());
        });
        int requests = one.chosen().size();
        assertThat(covered).as("moments before and after %d requests", requests).hasValue(2 * requests);
    }

    private static void goOn(Seen seen, Consumer<Moment> way, Moment moment) {
        try {
            way.accept(moment.watchedBy(site -> site.onEntered(seen.watching(way, site))));
        } catch (Seen.SeenException _) {
            // Another, that went on in the same way, has come to its end or is about to.
        }
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

    /** Leaves a living process without the answer to requests. */
    final void leaveWithoutAnswer(Uninterrupted one) {
        fail(one, testbed().unanswered(one), () -> new StoreException(StoreException.Kind.UNAVAILABLE, "no answer"));
    }

    /** Whoever makes one of these requests throws {@code failure}, before its effect and, if it has one, after. */
    final void fail(Uninterrupted one, Collection<Integer> numbers, Supplier<RuntimeException> failure) {
        var target = one.site().dump();
        var seen = new Seen(testbed().toTheByte());
        seen.add(one, one.recording());
        numbers.parallelStream().forEach(number -> {
            var request = one.recording().requests().get(number);
            for (boolean done : Recording.isWrite(request.call()) ? List.of(false, true) : List.of(false)) {
                failing(one, seen, request, done, failure)
                        .ifPresent(after -> assertThat(after.dump())
                                .as("%s, done: %s", request, done)
                                .isEqualTo(target));
            }
        });
    }

    /**
     * The execution lives on, and so it ends as if nothing had happened.
     *
     * @return the site at the end, unless what follows has been seen
     */
    private Optional<Site> failing(
            Uninterrupted one, Seen seen, Request request, boolean done, Supplier<RuntimeException> failure) {
        var site = one.trial().meddledWith(place(one.recording().state(request.state())));
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
        site.onEntered(((Consumer<Progress>) numbers::entered).andThen(seen.watching(one, site)));
        var execution = new Execution(one.trial().start(), site, request.state());
        try {
            assertThat(execution.run())
                    .as("%s, done: %s", request, done)
                    .isEqualTo(one.execution().result());
            return Optional.of(site);
        } catch (Seen.SeenException _) {
            return Optional.empty();
        } finally {
            assertThat(failed).as("%s, done: %s", request, done).isTrue();
        }
    }
}
