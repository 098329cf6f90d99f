package dev.rekey.engine.proof;

import dev.rekey.core.plan.Limits;
import dev.rekey.engine.proof.Cloud.Simulation;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * An operator who pauses runs, lets them go on and changes their limits while they work. A command of which the process
 * dies, or that gets no answer, is given again.
 */
final class Dispatcher {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(4);
    private static final int MOST_TRIES = 100;

    private final Simulation simulation;
    private final Chances chances;
    private final Set<RunId> inHand = new HashSet<>();
    private final List<String> broken = new ArrayList<>();

    Dispatcher(Simulation simulation) {
        this.simulation = simulation;
        this.chances = simulation.chances();
    }

    /** Which rules were broken, the first first. */
    List<String> broken() {
        return broken;
    }

    /** Pauses a run, and lets it go on after some time. */
    void pause() {
        var run = unfinished();
        if (run.isEmpty() || !inHand.add(run.get())) {
            return;
        }
        command(run.get(), Operator::pause);
        simulation.scheduler().sleep(chances.upTo(LONGEST_PAUSE));
        command(run.get(), Operator::unpause);
        var waiting = simulation.waiting().of(run.get());
        if (!waiting.isEmpty()) {
            broken.add("nobody is left waiting: " + waiting + " of " + run.get());
        }
        inHand.remove(run.get());
    }

    void limit() {
        var limits = chances.happens(0.3)
                ? Limits.NONE
                : new Limits(
                        Optional.of(5 + chances.random().nextInt(100)),
                        Optional.of(5 + chances.random().nextInt(50)));
        unfinished().ifPresent(run -> command(run, operator -> operator.limit(limits)));
    }

    private Optional<RunId> unfinished() {
        var all = new Ends(simulation.objects())
                .phases().entrySet().stream()
                        .filter(run -> run.getValue().isUnfinished())
                        .map(Map.Entry<RunId, Phase>::getKey)
                        .toList();
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(all.get(chances.random().nextInt(all.size())));
    }

    private void command(RunId run, Consumer<Operator> what) {
        var cloud = new Cloud(simulation, run, run);
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            if (isDone(cloud, run, what)) {
                return;
            }
            simulation.scheduler().sleep(chances.upTo(Duration.ofSeconds(20)));
        }
        broken.add("a command does not come to its end on " + run);
    }

    /** Whoever gives a command sees its process end, and nobody gives two at once. */
    private boolean isDone(Cloud cloud, RunId run, Consumer<Operator> what) {
        var done = new AtomicBoolean();
        var worker = new Worker(simulation.scheduler(), run, new Platform.Work(Platform.Kind.OPERATOR, 0));
        simulation.scheduler().join(simulation.scheduler().spawn(worker, () -> {
            done.set(cloud.tried(worker, call -> {
                what.accept(new Operator(call, run));
                return call;
            }));
        }));
        return done.get();
    }
}
