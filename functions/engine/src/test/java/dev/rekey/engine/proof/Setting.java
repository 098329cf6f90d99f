package dev.rekey.engine.proof;

import dev.rekey.engine.proof.Cloud.Simulation;
import dev.rekey.engine.store.InMemoryTables;
import dev.rekey.engine.verify.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The tables of a simulation, the applications that use them, and what must hold when all is over. */
interface Setting {
    InMemoryTables tables();

    /** Everything in {@code tables} that runs read or write. */
    Map<Watch.Spot, Map<String, AttributeValue>> everything(InMemoryTables tables);

    /** @param onDrift empty if the plan says nothing of it */
    String plan(Optional<String> onDrift);

    /** Whether the operator also tests one record, and rolls back single tables. */
    boolean isOperatedInPart();

    Life life(Simulation simulation, String plan);

    /** What happens to the tables of one simulation beside the runs. */
    interface Life {
        void sourceIsUsed();

        void targetIsUsed();

        /** What applications see to in the end. */
        void tidyUp();

        /** Holds everything that was done and reported against what must hold. */
        Ending ending();
    }

    /**
     * What is found at the end.
     *
     * @param broken rules that were broken
     * @param verdicts everything that verifications named
     */
    record Ending(List<String> broken, List<Verdict> verdicts) {}
}
