package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.proof.Execution.Result;
import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.proof.Recording.Around;
import dev.rekey.engine.proof.Recording.Moment;
import dev.rekey.engine.proof.Recording.Request;
import dev.rekey.engine.proof.Sweep.Uninterrupted;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Real stores and stores in memory, side by side, as {@link TwinStores} says. Where an execution dies, it goes on until it has
 * done what it died at: then the tables hold what they held in the execution that nobody stopped, which was compared too.
 * From the middle of a state, others resume and roll back.
 */
final class TwinSweep implements Testbed {
    private static final Set<Progress.State> WRITE_TABLES = EnumSet.of(Progress.State.COPY, Progress.State.UNDO);

    private final Exhibit exhibit;
    private final Crashes crashes;
    private final Answers answers;
    private final boolean withBucket;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Set<Died> continued = ConcurrentHashMap.newKeySet();
    private final ThreadLocal<OfThread> threads;

    /** A thread's real stores, and what compared them last. */
    private static final class OfThread {
        private final RealStores real;
        private Optional<TwinStores> last = Optional.empty();

        OfThread(RealStores real) {
            this.real = real;
        }
    }

    /**
     * Where an execution died.
     *
     * @param middle whether it is the middle of a state, from where others go on
     */
    private record Died(Action action, Progress.State state, String call, boolean aside, boolean done, boolean middle) {
        Died(Action action, Around around, boolean middle) {
            var request = around.request();
            this(action, request.state().state(), request.call().name(), request.aside(), around.done(), middle);
        }
    }

    /** Where executions die. */
    enum Crashes {
        NOWHERE,
        /** In the middle of the states that write to tables. */
        WHERE_TABLES_ARE_WRITTEN,
        /** In the middle of every state, and before and after one write of every kind. */
        EVERYWHERE
    }

    TwinSweep(Exhibit exhibit, Crashes crashes, RunningStores running, Answers answers) {
        this(exhibit, crashes, running, answers, true);
    }

    /** @param withBucket whether the bucket is compared, too; otherwise it is in memory only */
    TwinSweep(Exhibit exhibit, Crashes crashes, RunningStores running, Answers answers, boolean withBucket) {
        this.exhibit = exhibit;
        this.crashes = crashes;
        this.answers = answers;
        this.withBucket = withBucket;
        this.threads = ThreadLocal.withInitial(() -> new OfThread(new RealStores(exhibit, running.address())));
    }

    @Override
    public Site place(Site site) {
        return place(site, Doctored.NOT, true);
    }

    private Site place(Site site, Doctored doctored, boolean atEveryState) {
        var held = site.held();
        var own = threads.get();
        own.last.ifPresentOrElse(last -> last.replaceBy(held), () -> own.real.hold(held));
        var objects = withBucket ? Optional.of(known) : Optional.<Set<String>>empty();
        var twin = new TwinStores(own.real, held, doctored, objects, atEveryState, answers);
        own.last = Optional.of(twin);
        return site.on(twin);
    }

    /** All moments are kept in memory anyway. */
    @Override
    public Optional<List<Request>> counted(Supplier<List<Request>> counted) {
        return Optional.empty();
    }

    @Override
    public SortedSet<Integer> chosen(SortedMap<Integer, Request> requests, SortedMap<Integer, Request> inMemory) {
        var kinds = RealSweep.byKind(exhibit, requests, inMemory);
        var chosen = new TreeSet<>(middles(requests));
        if (crashes == Crashes.EVERYWHERE) {
            kinds.values().stream()
                    .filter(ofOneKind ->
                            Recording.isWrite(requests.get(ofOneKind.getFirst()).call()))
                    .forEach(ofOneKind -> chosen.add(ofOneKind.get(ofOneKind.size() / 2)));
        }
        return chosen;
    }

    /** The numbers of the requests in the middle of states. */
    private Collection<Integer> middles(SortedMap<Integer, Request> requests) {
        var numbers = new EnumMap<Progress.State, List<Integer>>(Progress.State.class);
        requests.forEach(
                (number, request) -> numbers.computeIfAbsent(request.state().state(), _ -> new ArrayList<>())
                        .add(number));
        numbers.keySet().removeIf(state -> switch (crashes) {
            case NOWHERE -> true;
            case WHERE_TABLES_ARE_WRITTEN -> !WRITE_TABLES.contains(state);
            case EVERYWHERE -> false;
        });
        return numbers.values().stream().map(all -> all.get(all.size() / 2)).toList();
    }

    @Override
    public List<Consumer<Moment>> ways(Uninterrupted one, int number, List<Around> around, List<Consumer<Moment>> all) {
        var action = one.trial().start().action();
        var middles = middles(one.tried());
        var died = around.stream()
                .map(at -> new Died(action, at, !at.done() && middles.contains(at.number())))
                .collect(Collectors.toSet());
        if (!continued.addAll(died)) {
            // Another execution of the action died there.
            return List.of();
        }
        var ways = new ArrayList<Consumer<Moment>>();
        ways.add(moment -> goOn(one, moment, again(one, moment)));
        if (died.stream().anyMatch(Died::middle)) {
            switch (action) {
                case VERIFY -> ways.add(moment -> goOn(one, moment, other(one, moment, action), Result.REFUSED));
                case MIGRATE, TEST, ROLLBACK -> {
                    ways.add(moment -> goOn(one, moment, other(one, moment, Action.RESUME), Result.REFUSED));
                    ways.add(moment -> meetOtherPages(one, moment));
                    ways.add(moment -> rollBack(one, moment));
                }
                // What is analyzed anew begins at the beginning.
                case ANALYZE, VALIDATE, RESUME, STOP -> {}
            }
        }
        return ways;
    }

    /** An execution at its site. */
    private record Running(Execution execution, Site site) {}

    private Running again(Uninterrupted one, Moment moment) {
        var site = place(moment.site(), Doctored.NOT, false);
        return new Running(new Execution(one.trial().start(), site, moment.progress()), site);
    }

    private Running other(Uninterrupted one, Moment moment, Action action) {
        var site = place(moment.site(), Doctored.NOT, false);
        site.sleep(Duration.ofSeconds(1));
        var start = one.trial().start();
        var other = new Start(
                start.plan(),
                action,
                "other",
                site.now(),
                Optional.of(start.run()),
                RunOptions.NOTHING,
                start.undoing());
        return new Running(new Execution(other, site), site);
    }

    private void meetOtherPages(Uninterrupted one, Moment moment) {
        if (moment.progress().state() == Progress.State.COPY) {
            var resumed = other(one, moment, Action.RESUME);
            resumed.site().pageLimit(3);
            goOn(one, moment, resumed, Result.REFUSED);
        }
    }

    /**
     * Until the state is over in which the first execution died.
     *
     * @param others results that it may have beside that of the first execution
     */
    private static void goOn(Uninterrupted one, Moment moment, Running running, Result... others) {
        boolean isTest = one.trial().start().action() == Action.TEST;
        var next = one.recording().after(moment.progress()).orElseThrow();
        running.site().onEntered(progress -> {
            if (Recording.isSame(progress, next.getKey())) {
                throw new Platform.StateFailed("done");
            }
        });
        try {
            var results = Stream.concat(Stream.of(one.execution().result()), Stream.of(others));
            assertThat(results).contains(running.execution().run());
            var _ = running.site().dump();
        } catch (Platform.StateFailed done) {
            var left = running.site().dump();
            // A test that died is not gone on with: it is taken back.
            assertThat(isTest || left.equals(next.getValue().dump())).isTrue();
        }
    }

    private void rollBack(Uninterrupted one, Moment moment) {
        var running = other(one, moment, Action.ROLLBACK);
        var result = running.execution().run();
        var left = running.site().dump();
        assertThat(result).isIn(Result.ROLLED_BACK, Result.REFUSED);
        if (result == Result.ROLLED_BACK) {
            boolean undoes = one.trial().start().action() == Action.ROLLBACK;
            assertThat(left)
                    .isEqualTo(
                            undoes
                                    ? one.recording().end().dump()
                                    : one.trial().before().dump());
        }
    }

    /**
     * A migration, with pauses, and its rollback.
     *
     * @param exclusive whether nobody else writes during the rollback
     */
    void migrateAndRollBack(Doctored doctored, boolean exclusive) {
        var site = place(new Site(exhibit.tables()), doctored, true);
        var first = new Start(exhibit.plan(), Action.MIGRATE, "first", site.now(), Optional.empty());
        site.meddle(Meddling.PAUSES, first.run());
        assertThat(new Execution(first, site).run()).isEqualTo(Result.MIGRATED);
        site.sleep(Duration.ofSeconds(1));
        var undo = new Start(exhibit.plan(), Action.ROLLBACK, "undo", site.now(), Optional.of(first.task()));
        assertThat(new Execution(exclusive ? undo.exclusive() : undo, site).run())
                .isEqualTo(Result.ROLLED_BACK);
        assertThat(site.dump()).isEqualTo(exhibit.tables().dump());
    }
}
