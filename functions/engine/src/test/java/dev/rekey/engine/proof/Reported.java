package dev.rekey.engine.proof;

import dev.rekey.core.plan.Plan;
import dev.rekey.engine.proof.Cloud.Simulation;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.verify.Difference;
import dev.rekey.engine.verify.Verdict;
import dev.rekey.engine.workflow.ColdProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds the reports of all verifications against the history of both sides. */
final class Reported {
    private final Simulation simulation;
    private final Plan plan;
    private final List<Verification> verifications;

    Reported(Simulation simulation, String plan) {
        this.simulation = simulation;
        this.plan = ColdProcess.plan(plan);
        this.verifications = Verification.of(simulation);
    }

    List<String> broken() {
        var broken = new ArrayList<String>();
        for (var one : verifications) {
            if (!one.isDisturbed(simulation.watch())) {
                broken.addAll(broken(one));
            }
        }
        broken.addAll(unnamed());
        return broken;
    }

    /** Everything that was named, once for each time. */
    List<Verdict> verdicts() {
        return verifications.stream()
                .filter(one -> !one.isDisturbed(simulation.watch()))
                .flatMap(one -> one.result().differences().stream())
                .map(Difference::verdict)
                .toList();
    }

    private List<String> broken(Verification one) {
        var watch = simulation.watch();
        var mapping = mapping(one);
        var named = new Named(watch, mapping, one);
        var broken = new ArrayList<String>();
        for (var difference : one.result().differences()) {
            if (!named.didHappen(difference)) {
                broken.add("named what did not happen: %s by %s, level %d"
                        .formatted(difference, one.task(), one.result().level()));
            }
        }
        boolean namesFailures = one.result().differences().stream().anyMatch(Difference::fails);
        if (namesFailures != one.result().failures() > 0) {
            broken.add("failures are counted and not named, or named and not counted: " + one.result());
        }
        broken.addAll(new StrangersWork(watch, mapping, plan, one).wronglyJudged());
        return broken;
    }

    private WardMapping mapping(Verification one) {
        var source = Ward.source(simulation.tables());
        return new WardMapping(
                plan, one.manifest(), simulation.watch().documents(), at -> Optional.ofNullable(source.get(at)));
    }

    private List<String> unnamed() {
        var migrated = new Ends(simulation.objects()).migrated();
        var undisturbed = verifications.stream()
                .filter(one -> migrated.contains(one.run()) && !one.isDisturbed(simulation.watch()))
                .toList();
        if (migrated.isEmpty()) {
            return List.of();
        }
        var newest = undisturbed.stream()
                .filter(one -> one.run().equals(migrated.getFirst()))
                .toList();
        var last = newest.stream()
                .filter(one -> one.task().equals(lastComplete(newest)))
                .toList();
        var mapping = mapping(last.getFirst());
        return new Unnamed(simulation.watch(), mapping, undisturbed, last, simulation.tables()).differences();
    }

    /** The last execution that verified all levels. */
    private static RunId lastComplete(List<Verification> verifications) {
        return verifications.stream()
                .filter(one -> one.result().level() == one.manifest().levels().size())
                .reduce((_, later) -> later)
                .orElseThrow(() -> new AssertionError("a run has migrated, and nothing was verified"))
                .task();
    }
}
