package dev.rekey.engine.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.proof.Cloud.Simulation;
import dev.rekey.engine.proof.Execution.Result;
import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.table.PhysicalTable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What happens in one simulation: one migration or two at once, executions that are stopped at some moment, an operator
 * who resumes, rolls back and takes over, and somebody else who writes to the target.
 */
final class Story {
    private static final int MOST_SWITCHES = 300_000;
    private static final int MOST_OPERATIONS = 60;
    private static final Duration STRANGE_TIMES = Duration.ofMinutes(4);

    private final Simulation simulation;
    private final Chances chances;
    private final Worker bystander;
    private final List<String> odd = new ArrayList<>();
    private int executions;
    private int alive;
    private boolean undoAsked;

    /**
     * What became of it.
     *
     * @param broken rules that were broken
     * @param hash of everything that happened
     * @param ends how the runs ended
     */
    record Told(List<String> broken, long hash, long events, String trace, Map<RunId, Phase> ends) {}

    private Story(long seed, Rules rules) {
        this.chances = new Chances(seed);
        var scheduler = new Scheduler(seed, MOST_SWITCHES);
        var tables = Ward.tables();
        tables.giveEmptyPages(chances.shape().emptyPages());
        var objects = new InMemoryObjects();
        this.simulation = new Simulation(
                scheduler,
                chances,
                tables,
                objects,
                new Watch(tables, objects),
                new Trace(scheduler),
                rules,
                new AtomicInteger());
        this.bystander = new Worker(
                scheduler, new RunId("00000000T000000000Z-00000000"), new Platform.Work(Platform.Kind.OTHER, 0));
    }

    static Told tell(long seed, Rules rules) {
        var story = new Story(seed, rules);
        var broken = new ArrayList<String>();
        try {
            story.simulation.scheduler().run(story.bystander, story::happen);
            broken.addAll(story.simulation.watch().broken());
            broken.addAll(story.odd);
            broken.addAll(new Verdict(story.simulation, story.phases(), story.drift()).broken());
        } catch (AssertionError e) {
            broken.addAll(story.simulation.watch().broken());
            var text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            broken.add(text.toString());
        }
        var trace = story.simulation.trace();
        return new Told(broken, trace.hash(), trace.events(), trace.last(), story.phases());
    }

    private void happen() {
        start(Action.MIGRATE, Optional.empty());
        if (chances.shape().twoMigrations()) {
            simulation.scheduler().sleep(chances.upTo(Duration.ofSeconds(20)));
            start(Action.MIGRATE, Optional.empty());
        }
        for (int i = 0; i < chances.shape().strangersChanges(); i++) {
            simulation.scheduler().spawn(bystander, () -> {
                simulation.scheduler().sleep(chances.upTo(STRANGE_TIMES));
                strangerWrites();
            });
        }
        for (int i = 0; i < MOST_OPERATIONS; i++) {
            simulation.scheduler().sleep(Duration.ofSeconds(5 + chances.random().nextInt(60)));
            if (operate()) {
                return;
            }
        }
        odd.add("the runs cannot be brought to an end: " + phases());
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
            } else if (run.getValue() == Phase.MIGRATED && !undoAsked && alive == 0) {
                undoAsked = true;
                if (chances.happens(0.6)) {
                    ended = false;
                    start(chances.happens(0.2) ? Action.VERIFY : Action.ROLLBACK, Optional.of(run.getKey()));
                }
            }
        }
        return ended && alive == 0;
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

    private void start(Action action, Optional<RunId> on) {
        var name = action.word() + executions++;
        var start = new Start(Ward.PLAN, action, name, bystander.instant(), on);
        var cloud = new Cloud(simulation, start.run());
        var console = new Worker(simulation.scheduler(), start.run(), bystander.work());
        alive++;
        simulation.scheduler().spawn(console, () -> {
            try {
                var execution = new Execution(start, cloud);
                var result = execution.run();
                check(execution, result);
            } catch (Cloud.Stopped stopped) {
                simulation.trace().note(simulation.scheduler().nowMillis(), "stopped", name, "");
            } finally {
                alive--;
            }
        });
        if (!Chances.healed(simulation.scheduler().nowMillis()) && chances.happens(0.3)) {
            simulation.scheduler().spawn(bystander, () -> {
                simulation.scheduler().sleep(chances.upTo(Duration.ofMinutes(2)));
                cloud.stop();
            });
        }
    }

    /**
     * The migration finds differences only where somebody else wrote. An execution that was superseded meanwhile may have
     * looked at a target from which the other has taken everything back.
     */
    private void check(Execution execution, Result result) {
        boolean itsOwn = result == Result.MIGRATED || result == Result.ROLLED_BACK;
        if (itsOwn && simulation.watch().strangers().isEmpty()) {
            execution.levels().stream()
                    .filter(level -> level.failures() > 0)
                    .forEach(level -> odd.add("verification found what nobody changed: " + level.differences()));
        }
    }

    private Map<RunId, Phase> phases() {
        var phases = new TreeMap<RunId, Phase>();
        simulation.objects().contents().forEach((key, content) -> {
            if (key.endsWith("/control.json")) {
                var run = new RunId(key.split("/", -1)[1]);
                phases.put(
                        run,
                        Documents.decode(new RunFolder(run).control(), content, Control.class)
                                .phase());
            }
        });
        return phases;
    }

    /** What the reports of rollbacks list, whether or not the execution lived on to say so. */
    private Map<RunId, List<String>> drift() {
        var drift = new HashMap<RunId, List<String>>();
        simulation.objects().contents().forEach((key, content) -> {
            if (key.contains("/reports/rolledBack") && key.endsWith(".json")) {
                var listed = drift.computeIfAbsent(new RunId(key.split("/", -1)[1]), _ -> new ArrayList<>());
                Documents.decode(new ObjectKey(key), content, JsonNode.class)
                        .path("drift")
                        .forEach(line -> listed.add(line.textValue()));
            }
        });
        return drift;
    }

    /** One write of somebody else: changes, deletes or creates a record. */
    private void strangerWrites() {
        var random = chances.random();
        var table = new PhysicalTable("dst-" + Ward.TABLES.get(random.nextInt(Ward.TABLES.size())));
        var shape = simulation.tables().describe(table).orElseThrow();
        var items = simulation.tables().items(table);
        int what = random.nextInt(4);
        var item = new HashMap<String, AttributeValue>();
        if (what == 0 && shape.partitionKey().type() == dev.rekey.engine.table.KeyType.S) {
            item.put("id", Ward.text(table.name().equals("dst-Codes") ? "c" : "n3"));
            shape.sortKey().ifPresent(sort -> item.put(sort.name(), Ward.number(3)));
        } else if (!items.isEmpty()) {
            item.putAll(items.get(random.nextInt(items.size())));
        } else {
            return;
        }
        var key = shape.keyOf(item);
        if (what == 1) {
            var _ = simulation.tables().delete(table, key, new Tables.Expected.Attributes(key.attributes()));
            simulation.watch().strangerWrote(table, key, Optional.empty());
        } else {
            item.put("v", Ward.text("a stranger's " + simulation.scheduler().nowMillis()));
            simulation.tables().load(table, List.of(item));
            simulation.watch().strangerWrote(table, key, Optional.of(item));
        }
        simulation.trace().note(simulation.scheduler().nowMillis(), "stranger", table.name() + key, "" + what);
    }
}
