package dev.rekey.engine.run;

import dev.rekey.core.identity.Families;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.mapping.InPlaceMapping;
import dev.rekey.core.mapping.Orphans;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.Where;
import java.util.HashMap;
import java.util.Set;

/**
 * What is frozen of a run, put together.
 *
 * @param plan for the tables that the run works on
 */
public record RunContext(Plan plan, Manifest manifest, Families families, Orphans orphans) {
    /** Name of the join of an analysis. */
    public static final String ANALYSIS = "analyze";

    public static RunContext of(Plan plan, Manifest manifest, Orphans orphans) {
        var shapes = new HashMap<TableName, TableShape>();
        manifest.tables().forEach((name, table) -> shapes.put(name, table.source()));
        var part = plan.only(manifest.tables().keySet());
        return new RunContext(part, manifest, Families.of(part, shapes), orphans);
    }

    public RunFolder folder() {
        return new RunFolder(manifest.run());
    }

    public RecordMapping mapping(TableName name) {
        var table = manifest.table(name);
        return RecordMapping.of(
                plan.table(name), table.source(), table.target(), families, orphans, manifest.startedAt());
    }

    /** Of a table that is changed in place. */
    public InPlaceMapping inPlaceMapping(TableName name) {
        return InPlaceMapping.of(
                plan.table(name),
                manifest.table(name).source(),
                new Where.Everything(),
                families,
                orphans,
                manifest.startedAt());
    }

    /** The tables whose records those of level {@code number} may refer to. */
    public Set<TableName> referredAt(int number) {
        return Levels.referred(plan, manifest.level(number));
    }
}
