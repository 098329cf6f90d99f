package dev.rekey.engine.analyze;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.plan.DeclaredFamily;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.join.MatchPartition.Existing;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Segment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks up the new ids of mappings that must be records of one table. */
final class NewIds {
    private final RunContext run;
    private final TablePlan table;
    private final Existing existing;

    NewIds(RunContext run, TableName name, Existing existing) {
        this.run = run;
        this.table = run.plan().table(name);
        this.existing = existing;
    }

    /** Those of {@code segment}'s share that no record has: each segment looks up some, so that many take no longer. */
    List<Finding> withoutRecord(Segment segment) {
        return run.plan().declared().families().stream()
                .filter(family ->
                        family.rule().exists().filter(table.name()::equals).isPresent())
                .flatMap(family -> withoutRecord(family, share(family, segment)).stream())
                .toList();
    }

    /** New ids, each with the first old id that becomes it. */
    private Map<OldId, OldId> share(DeclaredFamily family, Segment segment) {
        var share = new LinkedHashMap<OldId, OldId>();
        run.families().mapping(family.name()).orElseThrow().forEach((old, now) -> {
            if (Math.floorMod(now.canonical().hashCode(), segment.of()) == segment.index()) {
                share.putIfAbsent(now, old);
            }
        });
        return share;
    }

    private List<Finding> withoutRecord(DeclaredFamily family, Map<OldId, OldId> ids) {
        var found = existing.among(table.family(), ids.keySet());
        return ids.entrySet().stream()
                .filter(one -> !found.contains(one.getKey()))
                .map(one -> finding(family, one.getValue(), one.getKey()))
                .toList();
    }

    private Finding finding(DeclaredFamily family, OldId old, OldId now) {
        var self = KeyRoles.self(table, run.manifest().table(table.name()).source())
                .orElseThrow();
        return new Finding(
                Severity.ERROR,
                "lookup.no-record",
                table.name(),
                self.name(),
                "the mapping of family %s maps %s to %s, which is no record of %s"
                        .formatted(family.name(), old.canonical(), now.canonical(), table.name()),
                Finding.NO_RECORD,
                1);
    }
}
