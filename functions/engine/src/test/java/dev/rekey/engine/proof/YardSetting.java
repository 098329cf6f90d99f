package dev.rekey.engine.proof;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.proof.Cloud.Simulation;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.store.InMemoryTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Records of the {@link Yard} are changed in place while an application writes to them. */
final class YardSetting implements Setting {
    @Override
    public InMemoryTables tables() {
        return Yard.tables();
    }

    @Override
    public Map<Watch.Spot, Map<String, AttributeValue>> everything(InMemoryTables tables) {
        return Yard.everything(tables);
    }

    @Override
    public String plan(Chances.Shape shape) {
        return Yard.plan(shape.onDrift());
    }

    @Override
    public Kin.Rules kin() {
        return Yard.KIN;
    }

    @Override
    public Clubs.Sides clubs() {
        return Yard.CLUBS;
    }

    @Override
    public boolean testsRecords() {
        return false;
    }

    @Override
    public Scope scope(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> new Scope(List.of(), Yard.ofTenant(random));
            case 1 -> new Scope(List.of(new TableName(Yard.table(random))), Map.of());
            case 2 -> new Scope(List.of(new TableName(Yard.table(random))), Yard.ofTenant(random));
            default -> Scope.ALL;
        };
    }

    @Override
    public double rollsBackInPart() {
        return 0.9;
    }

    @Override
    public Undoing part(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Undoing(Optional.of(Yard.table(random)), false, Drift.KEEP, false);
            default ->
                new Undoing(Optional.of(Yard.changed(random)), false, Drift.KEEP, false).where(Yard.ofTenant(random));
        };
    }

    @Override
    public Life life(Simulation simulation, String plan) {
        var application = new YardApplication(simulation);
        var parts = new YardParts(simulation);
        return new Life() {
            @Override
            public void sourceIsUsed() {
                application.work();
            }

            @Override
            public void targetIsUsed() {
                application.work();
            }

            @Override
            public void partIsRolledBack(RunId run, Undoing part) {
                parts.rolledBack(run, part);
            }

            @Override
            public void tidyUp() {}

            @Override
            public Ending ending() {
                var ending = new YardEnding(simulation, plan, application.alone()).ending();
                var broken = new ArrayList<>(parts.broken());
                broken.addAll(ending.broken());
                return new Ending(broken, ending.verdicts());
            }
        };
    }
}
