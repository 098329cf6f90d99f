package dev.rekey.engine.proof;

import dev.rekey.engine.proof.Cloud.Simulation;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Undoing;
import java.util.ArrayList;
import java.util.List;

/** Looks at the {@link Yard} when a part of a run has been rolled back: nothing that the run wrote there is left. */
final class YardParts {
    private final Simulation simulation;
    private final List<String> broken = new ArrayList<>();

    YardParts(Simulation simulation) {
        this.simulation = simulation;
    }

    /** Which rules were broken, the first first. */
    List<String> broken() {
        return broken;
    }

    void rolledBack(RunId run, Undoing part) {
        var updates = simulation.watch().updates();
        updates.leftOf(part, run, Yard.everything(simulation.tables())).stream()
                .filter(at -> !updates.isAmbiguous(at))
                .forEach(at -> broken.add("a part that is rolled back leaves nothing: " + at + " of " + run));
    }
}
