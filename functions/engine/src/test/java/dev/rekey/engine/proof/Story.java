package dev.rekey.engine.proof;

import dev.rekey.engine.proof.Cloud.Simulation;
import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.verify.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What happens in one simulation: one migration or two at once, executions that are stopped at some moment, an operator
 * who resumes, rolls back and takes over, and somebody else who writes to the target.
 */
final class Story {
    private static final int MOST_SWITCHES = 300_000;
    private static final int MOST_OF_SERIES = 2_000_000;
    private static final int MOST_OPERATIONS = 90;
    private static final Duration OTHERS_TIME = Duration.ofMinutes(4);
    private static final Duration SOON = Duration.ofSeconds(10);
    /** Of a migration, and some of what follows. */
    private static final int MOST_STATES = 17;

    private final Simulation simulation;
    private final Chances chances;
    private final Worker bystander;
    private final Setting setting;
    private final Setting.Life life;
    private final Dispatcher dispatcher;
    private final String plan;
    private final List<String> odd = new ArrayList<>();
    private final Set<Deed> deeds = EnumSet.noneOf(Deed.class);
    private final Set<RunId> inPart = new HashSet<>();
    private int executions;
    private int alive;
    private int migratedAgain;
    private int undone;
    private int rested;

    /**
     * What became of it.
     *
     * @param broken rules that were broken
     * @param hash of everything that happened
     * @param ends how the runs ended
     * @param verdicts everything that verifications named
     * @param deeds what operators did
     */
    record Told(
            List<String> broken,
            long hash,
            long events,
            String trace,
            Map<RunId, Phase> ends,
            List<Verdict> verdicts,
            Set<Deed> deeds) {}

    private Story(Setting setting, long seed, Chances chances, Rules rules) {
        this.setting = setting;
        this.chances = chances;
        var scheduler = new Scheduler(seed, chances.shape().series() ? MOST_OF_SERIES : MOST_SWITCHES);
        var tables = setting.tables();
        tables.giveEmptyPages(chances.shape().emptyPages());
        var objects = new InMemoryObjects();
        this.simulation = new Simulation(
                scheduler,
                chances,
                tables,
                objects,
                new Watch(tables, objects, setting.everything(tables), setting.kin(), setting.clubs()),
                new Trace(scheduler),
                rules,
                new Waiting(),
                new AtomicInteger(),
                new ArrayList<>());
        this.dispatcher = new Dispatcher(simulation);
        this.plan = setting.plan(chances.shape());
        this.life = setting.life(simulation, plan);
        this.bystander = new Worker(
                scheduler, new RunId("00000000T000000000Z-00000000"), new Platform.Work(Platform.Kind.OTHER, 0));
    }

    static Told tell(Setting setting, long seed, Rules rules) {
        return tell(new Story(setting, seed, Chances.ofMigration(seed), rules));
    }

    /** The same of many runs, one after the other. */
    static Told tellSeries(Setting setting, long seed, Rules rules) {
        return tell(new Story(setting, seed, Chances.ofSeries(seed), rules));
    }

    private static Told tell(Story story) {
        var broken = new ArrayList<String>();
        var verdicts = new ArrayList<Verdict>();
        try {
            story.simulation.scheduler().run(story.bystander, story::happen);
            story.life.tidyUp();
            broken.addAll(story.simulation.watch().broken());
            broken.addAll(story.odd);
            broken.addAll(story.dispatcher.broken());
            var ending = story.life.ending();
            broken.addAll(ending.broken());
            verdicts.addAll(ending.verdicts());
        } catch (AssertionError e) {
            broken.addAll(story.simulation.watch().broken());
            var text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            broken.add(text.toString());
        }
        var trace = story.simulation.trace();
        return new Told(broken, trace.hash(), trace.events(), trace.last(), story.phases(), verdicts, story.deeds());
    }

    private void happen() {
        for (int i = 0; i < chances.shape().sourceChanges(); i++) {
            atSomeMoment(life::sourceIsUsed);
        }
        for (int i = 0; i < chances.shape().strangersChanges(); i++) {
            atSomeMoment(life::targetIsUsed);
        }
        for (int i = 0; i < chances.shape().pauses(); i++) {
            atSomeMoment(dispatcher::pause);
        }
        for (int i = 0; i < chances.shape().limits(); i++) {
            atSomeMoment(dispatcher::limit);
        }
        if (chances.shape().testsFirst() && setting.testsRecords()) {
            start(Action.TEST, Optional.empty());
            bringToAnEnd();
        }
        start(Action.MIGRATE, Optional.empty());
        if (chances.shape().twoMigrations()) {
            simulation.scheduler().sleep(chances.upTo(Duration.ofSeconds(20)));
            start(Action.MIGRATE, Optional.empty());
        }
        bringToAnEnd();
    }

    private void bringToAnEnd() {
        int runs = chances.shape().series() ? 2 + chances.shape().furtherMigrations() : 1;
        for (int i = 0; i < runs * MOST_OPERATIONS; i++) {
            if (rested < chances.shape().rests() && chances.happens(0.15)) {
                rest();
            }
            simulation.scheduler().sleep(Duration.ofSeconds(5 + chances.random().nextInt(60)));
            if (operate()) {
                return;
            }
        }
        odd.add("the runs cannot be brought to an end: " + phases());
    }

    /** Nobody looks after the runs for days, whatever has become of them; the applications go on. */
    private void rest() {
        rested++;
        for (int i = 0; i < 4; i++) {
            var part = chances.upTo(Duration.ofDays(3));
            chances.rested(part);
            simulation.scheduler().sleep(part);
            if (chances.shape().sourceChanges() > 0) {
                life.sourceIsUsed();
            }
            if (chances.shape().strangersChanges() > 0) {
                life.targetIsUsed();
            }
        }
    }

    /** Within some time, or soon after an execution has come to a state. */
    private void atSomeMoment(Runnable work) {
        int runs = chances.shape().series() ? 1 + chances.shape().furtherMigrations() : 1;
        if (chances.happens(0.3)) {
            simulation.scheduler().spawn(bystander, () -> {
                simulation.scheduler().sleep(chances.upTo(OTHERS_TIME.multipliedBy(runs)));
                work.run();
            });
            return;
        }
        // Rather later than before the analysis, which refuses what does not fit.
        int state = 3 + chances.random().nextInt(runs * MOST_STATES);
        var soon = chances.upTo(SOON);
        var entered = new AtomicInteger();
        simulation.whenEntering().add(() -> {
            if (entered.incrementAndGet() == state) {
                simulation.scheduler().spawn(bystander, () -> {
                    simulation.scheduler().sleep(soon);
                    work.run();
                });
            }
        });
    }

    /** Does what an operator does; true if nothing is left to be done. */
    private boolean operate() {
        boolean ended = true;
        // One may have to be ended before the other can be: nobody knows which.
        var runs = new ArrayList<>(phases().entrySet());
        Collections.shuffle(runs, chances.random());
        for (var run : runs) {
            if (run.getValue().isUnfinished()) {
                ended = false;
                if (alive == 0 || chances.happens(0.05)) {
                    start(next(run.getKey()), Optional.of(run.getKey()));
                }
            } else if (run.getValue() == Phase.MIGRATED && isPartlyUndone(run.getKey()) && mayBeUndone(run.getKey())) {
                ended = false;
                if (alive == 0) {
                    goOnAfterAPart(run.getKey());
                }
            } else if (run.getValue() == Phase.MIGRATED && alive == 0 && migratesAgain() && !undoesFirst()) {
                ended = false;
                migratedAgain++;
                start(Action.MIGRATE, Optional.empty());
            } else if (run.getValue() == Phase.MIGRATED
                    && undone < chances.shape().undoings()
                    && alive == 0
                    && isNewest(run.getKey())) {
                undone++;
                if (chances.happens(0.6)) {
                    ended = false;
                    verifyOrRollBack(run.getKey());
                }
            }
        }
        if (chances.shape().series() && ended && alive == 0 && migratesAgain()) {
            ended = false;
            migratedAgain++;
            start(Action.MIGRATE, Optional.empty());
        }
        return ended && alive == 0;
    }

    /** Of a series, the newest: later runs may rest on what is left of the others. */
    private boolean mayBeUndone(RunId run) {
        return !chances.shape().series() || isNewest(run);
    }

    private boolean undoesFirst() {
        return chances.shape().series() && undone < chances.shape().undoings() && chances.happens(0.4);
    }

    /** The rest, or of a series another run. */
    private void goOnAfterAPart(RunId run) {
        if (chances.shape().series() && migratesAgain() && chances.happens(0.5)) {
            migratedAgain++;
            start(Action.MIGRATE, Optional.empty());
        } else {
            start(Action.ROLLBACK, Optional.of(run));
        }
    }

    /** Of a part, what comes next is the rest. */
    private void verifyOrRollBack(RunId run) {
        if (chances.happens(0.2)) {
            start(Action.VERIFY, Optional.of(run));
        } else if (chances.happens(setting.rollsBackInPart())) {
            start(started(Action.ROLLBACK, Optional.of(run)).undoing(setting.part(chances.random())));
        } else {
            start(Action.ROLLBACK, Optional.of(run));
        }
    }

    private boolean isPartlyUndone(RunId run) {
        return new Ends(simulation.objects()).undoing(run).leavesTheRest();
    }

    /** A run that stopped before it was laid out can only be stopped for good. */
    private Action next(RunId run) {
        boolean laidOut = simulation
                .objects()
                .contents()
                .containsKey(new RunFolder(run).manifest().name());
        if (!laidOut) {
            return Action.STOP;
        }
        return chances.happens(0.5) ? Action.RESUME : Action.ROLLBACK;
    }

    private boolean migratesAgain() {
        return (chances.shape().series() || undone == 0)
                && migratedAgain < chances.shape().furtherMigrations();
    }

    /**
     * What a later run has replaced, an earlier one does not find; what it found there, the earlier one would take away. So would
     * a rollback that is begun while the later run stands still, refused because that holds the tables, and continued afterwards.
     */
    private boolean isNewest(RunId run) {
        return phases().entrySet().stream()
                .filter(other ->
                        other.getValue() == Phase.MIGRATED || other.getValue().isUnfinished())
                .noneMatch(other -> other.getKey().value().compareTo(run.value()) > 0);
    }

    private void start(Action action, Optional<RunId> on) {
        var asked = switch (action) {
            case TEST -> new RunOptions(Optional.empty(), Optional.of("Memos"), Optional.of("n3"), false);
            case MIGRATE -> RunOptions.within(setting.scope(chances.random()));
            case ANALYZE, VALIDATE, VERIFY, RESUME, ROLLBACK, STOP -> RunOptions.NOTHING;
        };
        start(started(action, on).asking(asked));
    }

    private Start started(Action action, Optional<RunId> on) {
        return new Start(plan, action, action.word() + executions++, bystander.instant(), on);
    }

    private void start(Start start) {
        var name = start.name();
        var cloud = new Cloud(simulation, start.run(), start.task());
        var console = new Worker(simulation.scheduler(), start.run(), bystander.work());
        alive++;
        simulation.scheduler().spawn(console, () -> {
            try {
                did(start, new Execution(start, cloud).run());
            } catch (Cloud.Stopped stopped) {
                simulation.trace().note(simulation.scheduler().nowMillis(), "stopped", name, "");
            } finally {
                alive--;
            }
        });
        if (!chances.healed(simulation.scheduler().nowMillis()) && chances.happens(0.3)) {
            simulation.scheduler().spawn(bystander, () -> {
                simulation.scheduler().sleep(chances.upTo(Duration.ofMinutes(2)));
                cloud.stop();
            });
        }
    }

    private void did(Start start, Execution.Result result) {
        if (result == Execution.Result.ROLLED_BACK) {
            rolledBack(start);
        } else if (result == Execution.Result.MIGRATED
                && !start.options().scope().isEverything()) {
            deeds.add(Deed.SCOPED);
        }
    }

    private void rolledBack(Start start) {
        var part = start.undoing();
        if (part.leavesTheRest()) {
            deeds.add(part.where().isEmpty() ? Deed.ONE_TABLE : Deed.ONE_TENANT);
            inPart.add(start.run());
            life.partIsRolledBack(start.run(), part);
        } else if (inPart.contains(start.run())) {
            deeds.add(Deed.THE_REST);
        }
        if (start.action() == Action.TEST) {
            deeds.add(Deed.TESTED);
        }
    }

    /** What operators did in the end. */
    private Set<Deed> deeds() {
        if (simulation.waiting().wentOn()) {
            deeds.add(Deed.PAUSED);
        }
        if (simulation.objects().contents().keySet().stream().anyMatch(key -> key.contains("/finished/"))) {
            deeds.add(Deed.LIMITED);
        }
        return deeds;
    }

    private Map<RunId, Phase> phases() {
        return new Ends(simulation.objects()).phases();
    }
}
