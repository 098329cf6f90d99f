package dev.rekey.engine.proof;

import dev.rekey.engine.proof.Cloud.Simulation;
import dev.rekey.engine.store.InMemoryTables;
import java.util.Map;
import java.util.Optional;
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
    public String plan(Optional<String> onDrift) {
        return Yard.plan(onDrift);
    }

    @Override
    public boolean isOperatedInPart() {
        return false;
    }

    @Override
    public Life life(Simulation simulation, String plan) {
        var application = new YardApplication(simulation);
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
            public void tidyUp() {}

            @Override
            public Ending ending() {
                return new YardEnding(simulation, plan, application.alone()).ending();
            }
        };
    }
}
