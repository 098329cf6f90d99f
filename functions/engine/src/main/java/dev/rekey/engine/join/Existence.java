package dev.rekey.engine.join;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.mapping.UnmappableException;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.MatchPartition.Existing;
import dev.rekey.engine.run.RunContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which identities exist, found by looking each of them up. */
public final class Existence {
    private Existence() {}

    /**
     * Those that exist although the analysis has read no record that has them: whose record is in the target. If only a
     * sample was read, those whose record is in the source, too: they are few enough to be looked up.
     */
    public static Existing of(RunContext run, FamilyRecords source, FamilyRecords target) {
        return run.manifest().options().sample().isEmpty()
                ? new OfRun(run, inTarget(run, target))
                : inSourceOrTarget(run, source, target);
    }

    /** What only the target can tell: records of the tables that the run does not work on. */
    public static Existing besideScope(RunContext run, FamilyRecords target) {
        return run.manifest().beside().isEmpty() ? Existing.NOTHING : inTarget(run, target);
    }

    /** A record of the source that the plan leaves out, or that has expired, does not count. */
    public static Existing inSourceOrTarget(RunContext run, FamilyRecords source, FamilyRecords target) {
        var inTarget = inTarget(run, target);
        // Mappings are made when they are asked for, which is seldom.
        var mappings = new ConcurrentHashMap<TableName, RecordMapping>();
        return new OfRun(
                run,
                (family, old) -> source.of(family, old.value(), Integer.MAX_VALUE).stream()
                                .anyMatch(found ->
                                        moves(mappings.computeIfAbsent(found.table(), run::mapping), found.record()))
                        || inTarget.contains(family, old));
    }

    /** An id that only a mapping knows is no record's: whether the mapping has it is found when the reference is mapped. */
    private record OfRun(RunContext run, Existing records) implements Existing {
        @Override
        public boolean contains(FamilyName family, OldId old) {
            return !needsRecords(family) || records.contains(family, old);
        }

        @Override
        public boolean needsRecords(FamilyName family) {
            return run.hasRecords(family);
        }
    }

    private static Existing inTarget(RunContext run, FamilyRecords target) {
        return (family, old) -> !target.of(
                        family, run.families().rule(family).resulting(old).value(), 1)
                .isEmpty();
    }

    /** A record of which {@code where} cannot say it is a finding itself, and no orphan's cause. */
    static boolean moves(RecordMapping mapping, Map<String, AttributeValue> record) {
        try {
            return mapping.includes(record);
        } catch (UnmappableException _) {
            return true;
        }
    }
}
