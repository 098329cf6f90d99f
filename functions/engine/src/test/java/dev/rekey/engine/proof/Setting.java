package dev.rekey.engine.proof;

import dev.rekey.engine.proof.Cloud.Simulation;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.store.InMemoryTables;
import dev.rekey.engine.verify.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The tables of a simulation, the applications that use them, and what must hold when all is over. */
interface Setting {
    InMemoryTables tables();

    /** Everything in {@code tables} that runs read or write. */
    Map<Watch.Spot, Map<String, AttributeValue>> everything(InMemoryTables tables);

    /** The plan of a simulation. */
    String plan(Chances.Shape shape);

    /** Which records the plan merges. */
    Kin.Rules kin();

    /** Where the plan creates clubs. */
    Clubs.Sides clubs();

    /** Whether the operator also tests one record. */
    boolean testsRecords();

    /** The part of the plan that a migration works on. */
    Scope scope(Random random);

    /** How often a part of a run is rolled back before the rest. */
    double rollsBackInPart();

    /** The part of a run that is rolled back alone. */
    Undoing part(Random random);

    Life life(Simulation simulation, String plan);

    /** What happens to the tables of one simulation beside the runs. */
    interface Life {
        void sourceIsUsed();

        void targetIsUsed();

        /** A rollback of a part of a run has ended. */
        void partIsRolledBack(RunId run, Undoing part);

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
