package dev.rekey.engine.proof;

import dev.rekey.engine.proof.Cloud.Simulation;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.store.InMemoryTables;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Records are copied from the source of the {@link Ward} to its target, and applications use both. */
final class WardSetting implements Setting {
    @Override
    public InMemoryTables tables() {
        return Ward.tables();
    }

    @Override
    public Map<Watch.Spot, Map<String, AttributeValue>> everything(InMemoryTables tables) {
        return Ward.everything(tables);
    }

    @Override
    public String plan(Chances.Shape shape) {
        var plan = Ward.plan(shape.onDrift());
        return shape.inUse() ? plan.replace("\"dst-{table}\"", "\"dst-{table}\", inUse: true") : plan;
    }

    @Override
    public Kin.Rules kin() {
        return Ward.KIN;
    }

    @Override
    public Clubs.Sides clubs() {
        return Ward.CLUBS;
    }

    @Override
    public boolean testsRecords() {
        return true;
    }

    @Override
    public Scope scope(Random random) {
        return Scope.ALL;
    }

    @Override
    public double rollsBackInPart() {
        return 0.5;
    }

    @Override
    public Undoing part(Random random) {
        var table = Ward.PLANNED.get(random.nextInt(Ward.PLANNED.size()));
        return new Undoing(Optional.of(table), true, Drift.KEEP, false);
    }

    @Override
    public Life life(Simulation simulation, String plan) {
        var source = new SourceApplication(simulation);
        var target = new TargetApplication(simulation, plan);
        return new Life() {
            @Override
            public void sourceIsUsed() {
                source.work();
            }

            @Override
            public void targetIsUsed() {
                target.work();
            }

            @Override
            public void partIsRolledBack(RunId run, Undoing part) {
                // The watch sees that all other tables are left alone.
            }

            @Override
            public void tidyUp() {
                source.tidyUp();
            }

            @Override
            public Ending ending() {
                var broken = new ArrayList<>(new EndOfStory(simulation).broken());
                var reported = new Reported(simulation, plan);
                broken.addAll(reported.broken());
                broken.addAll(new Aftermath(simulation, plan).broken());
                return new Ending(broken, reported.verdicts());
            }
        };
    }
}
