package dev.rekey.engine.join;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.engine.join.FamilyRecords.Searched;
import dev.rekey.engine.join.MatchPartition.Existing;
import dev.rekey.engine.run.RunContext;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Set;

/**
 * Which identities exist although no record that has them was read, found by looking them up: in the target, and among the
 * source records that move, as they are now. A live source gets records after their segment was read.
 */
public final class Existence {
    private Existence() {}

    /** Looks up whatever an id leads to by its key. What has to be searched for is left to {@link #searched}. */
    public static Existing byKey(RunContext run, FamilyRecords source, FamilyRecords target) {
        return inEither(run, source, target, Searched.BY_KEY);
    }

    /** Reads each of the other tables once for all the ids of an answer. */
    public static Existing searched(RunContext run, FamilyRecords source, FamilyRecords target) {
        return inEither(run, source, target, Searched.BY_SCAN);
    }

    /** By key or by scan: of ids that are asked for one by one, and are few. */
    public static Existing inSourceOrTarget(RunContext run, FamilyRecords source, FamilyRecords target) {
        return inEither(run, source, target, Searched.ALL);
    }

    /** What only the target can tell: records of the tables that the run does not work on. */
    public static Existing besideScope(RunContext run, FamilyRecords target) {
        return run.manifest().beside().isEmpty() ? Existing.NOTHING : inTarget(run, target, Searched.ALL);
    }

    private static Existing inEither(RunContext run, FamilyRecords source, FamilyRecords target, Searched where) {
        var inTarget = inTarget(run, target, where);
        var inSource = inSource(run, source, where);
        return new OfRun(run, (family, ids) -> {
            var found = new HashSet<>(inTarget.among(family, ids));
            var left = ids.stream().filter(id -> !found.contains(id)).toList();
            if (!left.isEmpty()) {
                found.addAll(inSource.among(family, left));
            }
            return found;
        });
    }

    /** An id that only a mapping knows is no record's: whether the mapping has it is found when the reference is mapped. */
    private record OfRun(RunContext run, Existing records) implements Existing {
        @Override
        public Set<OldId> among(FamilyName family, Collection<OldId> ids) {
            return needsRecords(family) ? records.among(family, ids) : Set.copyOf(ids);
        }

        @Override
        public boolean needsRecords(FamilyName family) {
            return run.hasRecords(family);
        }
    }

    private static Existing inTarget(RunContext run, FamilyRecords target, Searched where) {
        return (family, ids) -> {
            var rule = run.families().rule(family);
            var byNewId = new LinkedHashMap<OldId, Set<OldId>>();
            ids.forEach(id -> byNewId.computeIfAbsent(rule.resulting(id), _ -> new HashSet<>())
                    .add(id));
            var found = new HashSet<OldId>();
            target.among(family, byNewId.keySet(), where, _ -> true).forEach(id -> found.addAll(byNewId.get(id)));
            return found;
        };
    }

    /**
     * A record that the plan leaves out, or that has expired, does not count, nor does one of a table that the run does not
     * work on. What is changed in place is looked for where it is written.
     */
    private static Existing inSource(RunContext run, FamilyRecords source, Searched where) {
        Searched copied = (table, shape, self) ->
                run.plan().has(table.name()) && !table.isInPlace() && where.includes(table, shape, self);
        return (family, ids) -> source.among(family, ids, copied, source::moves);
    }
}
