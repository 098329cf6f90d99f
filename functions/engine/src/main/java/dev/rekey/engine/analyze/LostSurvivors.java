package dev.rekey.engine.analyze;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.mapping.Kinds;
import dev.rekey.core.mapping.MergeRules;
import dev.rekey.core.mapping.UnmappableException;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.join.RecordsById;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.scan.Source;
import dev.rekey.engine.store.Concurrency;
import dev.rekey.engine.store.Documents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads the records again that others are merged into: before every level, since an application may delete one while the
 * run works.
 */
public record LostSurvivors(Documents documents, RunContext run, Source source, Concurrency concurrency) {
    /** Those that are gone, or that the plan allows no longer. */
    public List<Finding> find() {
        var lost = new ArrayList<Finding>();
        var merges = FrozenMerges.of(documents, run.folder(), run.known());
        for (var table : run.known().tables()) {
            if (table.merge().isPresent()) {
                lost(table, merges.survivorsToFind(table.family()), lost);
            }
        }
        return lost;
    }

    private void lost(TablePlan table, Set<OldId> ids, List<Finding> lost) {
        if (ids.isEmpty()) {
            return;
        }
        var shape = run.manifest().shapes(table.name()).source();
        var self = KeyRoles.self(table, shape).orElseThrow();
        var rules = MergeRules.of(table, run.manifest().startedAt());
        var found = RecordsById.of(table, shape, source, concurrency).find(ids);
        for (var id : ids) {
            if (!isThere(table, rules, found.getOrDefault(id, List.of()))) {
                var key = TypedJson.text(Map.of(self.name(), id.value()));
                lost.add(new Finding(
                        Severity.ERROR,
                        "merge.survivor-lost",
                        table.name(),
                        "merge",
                        "is a record that others are merged into, and is gone or not allowed any more",
                        key,
                        1));
            }
        }
    }

    private static boolean isThere(TablePlan table, MergeRules rules, List<Map<String, AttributeValue>> records) {
        var own =
                records.stream().filter(record -> Kinds.belongs(record, table)).toList();
        try {
            return !own.isEmpty() && own.stream().allMatch(rules::allows);
        } catch (UnmappableException _) {
            return false;
        }
    }
}
