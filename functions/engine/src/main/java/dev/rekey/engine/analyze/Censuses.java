package dev.rekey.engine.analyze;

import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.ReferenceStatistics.Declared;
import dev.rekey.engine.analyze.TableStatistics.Attribute;
import dev.rekey.engine.analyze.TableStatistics.Because;
import dev.rekey.engine.analyze.TableStatistics.Content;
import dev.rekey.engine.analyze.TableStatistics.Position;
import dev.rekey.engine.analyze.TableStatistics.Records;
import dev.rekey.engine.analyze.TableStatistics.Volume;
import dev.rekey.engine.join.IdForms;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.segment.SegmentStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the plan says of each table, beside what was counted of it. */
public final class Censuses {
    private final RunContext run;
    private final Optional<Integer> sampled;

    public Censuses(RunContext run) {
        this.run = run;
        this.sampled = run.manifest().options().sample();
    }

    /** The references of {@code table}, those of its key first. */
    public List<Declared> references(TableName table) {
        var plan = run.plan().table(table);
        var all = new ArrayList<Declared>();
        KeyRoles.of(plan, run.manifest().table(table).source()).forEach((attribute, role) -> {
            if (role instanceof KeyRole.Refers(var family)) {
                all.add(new Declared(table, attribute, family, OnOrphan.FAIL));
            }
        });
        plan.references()
                .forEach(reference -> all.add(
                        new Declared(table, reference.path().text(), reference.family(), reference.onOrphan())));
        return all;
    }

    /**
     * @param counts of the stage that read the table
     * @param forms of the ids of each family
     */
    public TableStatistics census(
            TableName table, Map<Counted, Long> counts, SegmentStatistics statistics, Map<FamilyName, IdForms> forms) {
        long records = Counted.READ.in(counts);
        return new TableStatistics(
                new Position(table, level(table), because(table)),
                new Records(records, Counted.FILTERED.in(counts), Counted.UNMAPPABLE.in(counts)),
                new Volume(
                        Counted.BYTES.in(counts),
                        Counted.TARGET_BYTES.in(counts),
                        statistics.targetSizes().sizes()),
                content(statistics, records),
                ids(table, forms),
                sampled);
    }

    /** Of a table whose records have ids of their own. */
    private Optional<TableStatistics.Ids> ids(TableName name, Map<FamilyName, IdForms> forms) {
        var table = run.plan().table(name);
        return KeyRoles.self(table, run.manifest().table(name).source())
                .map(self -> TableStatistics.Ids.of(
                        table,
                        self.type(),
                        forms.getOrDefault(table.family(), IdForms.NONE).form()));
    }

    private static Content content(SegmentStatistics statistics, long records) {
        return new Content(
                statistics.attributes().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(attribute -> attribute(attribute.getKey(), attribute.getValue(), records))
                        .toList(),
                statistics.leftOut());
    }

    private static Attribute attribute(String name, Map<String, Long> types, long records) {
        long present = types.values().stream().mapToLong(Long::longValue).sum();
        return new Attribute(name, types, records - present);
    }

    /** The references that lead one level down, and those within the level, which are parts of cycles. */
    private List<Because> because(TableName table) {
        var because = new ArrayList<Because>();
        for (var reference : references(table)) {
            for (var other : run.plan().tables()) {
                int level = level(other.name());
                if (other.family().equals(reference.family())
                        && !other.name().equals(table)
                        && level >= level(table) - 1) {
                    because.add(new Because(reference.path(), other.name(), level));
                }
            }
        }
        return because;
    }

    private int level(TableName table) {
        return run.manifest().table(table).level();
    }
}
