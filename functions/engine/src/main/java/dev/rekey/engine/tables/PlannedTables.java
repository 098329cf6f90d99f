package dev.rekey.engine.tables;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.store.TableDefinition;
import dev.rekey.engine.store.TableDefinitions;
import dev.rekey.engine.tables.ComparedTable.Role;
import dev.rekey.engine.tables.SchemaDifference.Remedy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;

/** Compares every table that a plan writes, and every further table that it names, with what it should be. */
public final class PlannedTables {
    private final Plan plan;
    private final List<CreateTableRequest> further;
    private final TableDefinitions sources;
    private final TableDefinitions targets;
    private final Predicate<String> ours;

    /**
     * @param further tables of the target beside those that the plan writes
     * @param ours whether the table with an id was made by an earlier creation; asked only if something of it is off
     */
    public PlannedTables(
            Plan plan,
            List<CreateTableRequest> further,
            TableDefinitions sources,
            TableDefinitions targets,
            Predicate<String> ours) {
        this.ours = ours;
        this.plan = plan;
        this.further = List.copyOf(further);
        this.sources = sources;
        this.targets = targets;
    }

    /** In the order of the plan. */
    public List<ComparedTable> compare() {
        var all = new ArrayList<ComparedTable>();
        var copied = group(false, TablePlan::target);
        copied.forEach((target, tables) -> all.add(target(target, tables)));
        group(true, TablePlan::source).forEach((table, tables) -> all.add(inPlace(table, tables)));
        further.forEach(request -> all.add(further(request, all)));
        return List.copyOf(all);
    }

    private Map<PhysicalTable, List<TablePlan>> group(boolean inPlace, Function<TablePlan, PhysicalTable> physical) {
        var groups = new LinkedHashMap<PhysicalTable, List<TablePlan>>();
        plan.tables().stream()
                // Files do not say what the table that they go to is like.
                .filter(table -> !table.isRest()
                        && table.isInPlace() == inPlace
                        && table.file().isEmpty())
                .forEach(table -> groups.computeIfAbsent(physical.apply(table), _ -> new ArrayList<>())
                        .add(table));
        return groups;
    }

    private ComparedTable target(PhysicalTable target, List<TablePlan> tables) {
        var source = sources.find(tables.getFirst().source());
        var found = targets.find(target);
        if (source.isEmpty()) {
            return unknown(target, Role.TARGET, tables, found, tables.getFirst().source());
        }
        var wanted = new WantedTable(source.get(), tables).as(target);
        return compared(target, Role.TARGET, tables, wanted, found);
    }

    private ComparedTable further(CreateTableRequest request, List<ComparedTable> before) {
        var table = new PhysicalTable(request.tableName());
        var twice = before.stream().anyMatch(other -> other.table().equals(table))
                ? List.of(new SchemaDifference("table", "another table of the plan", "one definition", Remedy.REFUSED))
                : List.<SchemaDifference>of();
        var wanted = new WantedTable.Wanted(TableDefinition.of(request), twice);
        return compared(table, Role.FURTHER, List.of(), wanted, targets.find(table));
    }

    private ComparedTable compared(
            PhysicalTable table,
            Role role,
            List<TablePlan> tables,
            WantedTable.Wanted wanted,
            Optional<TableDefinition> found) {
        var differences = new ArrayList<>(wanted.contradictions());
        var definition = Optional.of(wanted.definition());
        if (found.isEmpty()) {
            differences.add(new SchemaDifference(
                    "table", SchemaDifference.MISSING, shape(wanted.definition()), Remedy.CREATED));
            return new ComparedTable(table, role, names(tables), definition, found, differences);
        }
        // An index on records that are there could refuse the writes of applications, and takes long to fill.
        var comparison = new TableComparison(wanted.definition(), found.get())
                .all(
                        () -> targets.isEmpty(table),
                        () -> targets.id(table).filter(ours).isPresent());
        differences.addAll(comparison.differences());
        return new ComparedTable(
                table,
                role,
                names(tables),
                definition,
                found,
                differences,
                comparison.creatable(),
                comparison.completable());
    }

    /** What is changed in place has no other table to be like. */
    private ComparedTable inPlace(PhysicalTable table, List<TablePlan> tables) {
        var found = sources.find(table);
        if (found.isEmpty()) {
            return unknown(table, Role.IN_PLACE, tables, found, table);
        }
        var wanted = new WantedTable(withoutIndexes(found.get()), tables).as(table);
        var differences = new ArrayList<>(wanted.contradictions());
        differences.addAll(new TableComparison(wanted.definition(), found.get())
                .indexes(() -> false)
                .differences());
        return new ComparedTable(
                table, Role.IN_PLACE, names(tables), Optional.of(wanted.definition()), found, differences);
    }

    /** Its own indexes are what they are: only those of the plan are compared. */
    private static TableDefinition withoutIndexes(TableDefinition table) {
        var request = table.request().toBuilder()
                .globalSecondaryIndexes((List<GlobalSecondaryIndex>) null)
                .localSecondaryIndexes((List<LocalSecondaryIndex>) null)
                .build();
        return new TableDefinition(request, table.timeToLive(), table.recovery());
    }

    private static ComparedTable unknown(
            PhysicalTable table,
            Role role,
            List<TablePlan> tables,
            Optional<TableDefinition> found,
            PhysicalTable source) {
        var difference = new SchemaDifference("source " + source, SchemaDifference.MISSING, "a table", Remedy.REFUSED);
        return new ComparedTable(table, role, names(tables), Optional.empty(), found, List.of(difference));
    }

    private static String shape(TableDefinition wanted) {
        int indexes = wanted.request().globalSecondaryIndexes().size()
                + wanted.request().localSecondaryIndexes().size();
        return Keys.described(wanted.key(wanted.request().keySchema()))
                + (indexes == 0 ? "" : indexes == 1 ? "; 1 index" : "; " + indexes + " indexes");
    }

    private static List<TableName> names(List<TablePlan> tables) {
        return tables.stream().map(TablePlan::name).toList();
    }
}
