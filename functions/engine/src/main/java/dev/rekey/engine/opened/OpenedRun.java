package dev.rekey.engine.opened;

import dev.rekey.engine.identity.Derivation;
import dev.rekey.engine.identity.Families;
import dev.rekey.engine.mapping.Orphans;
import dev.rekey.engine.mapping.RecordMapping;
import dev.rekey.engine.plan.FamilyName;
import dev.rekey.engine.plan.Plan;
import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.schedule.Levels;
import dev.rekey.engine.table.TableShape;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What is frozen of a run, put together.
 *
 * @param plan for the tables that the run works on
 */
public record OpenedRun(Plan plan, Manifest manifest, Families families, Orphans orphans) {
    /** Name of the join of an analysis. */
    public static final String ANALYSIS = "analyze";

    public static OpenedRun of(Plan plan, Manifest manifest, Orphans orphans) {
        var shapes = new HashMap<TableName, TableShape>();
        manifest.tables().forEach((name, table) -> shapes.put(name, table.source()));
        var part = plan.only(manifest.tables().keySet());
        return new OpenedRun(part, manifest, Families.of(part, shapes), orphans);
    }

    public RunFolder folder() {
        return new RunFolder(manifest.run());
    }

    public RecordMapping mapping(TableName name) {
        var table = manifest.table(name);
        return RecordMapping.of(
                plan.table(name), table.source(), table.target(), families, orphans, manifest.startedAt());
    }

    /** How each family that can be referred to maps. */
    public Map<FamilyName, Derivation> derivations() {
        var all = new HashMap<FamilyName, Derivation>();
        families.all().forEach(family -> all.put(family.name(), Derivation.of(family)));
        return all;
    }

    /** The tables whose records those of level {@code number} may refer to. */
    public Set<TableName> referredAt(int number) {
        return Levels.referred(plan, manifest.level(number));
    }
}
