package dev.rekey.engine.run;

import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Ranks of tables in the reference graph: a table comes after the tables it refers to, tables of a cycle share a level,
 * references within a table do not matter. Tables that share a physical table share a level.
 */
public final class Levels {
    private Levels() {}

    /** The tables of each level in order of name; level 1, which refers to no other, comes first. */
    public static List<List<TableName>> of(Plan plan) {
        var graph = graph(plan);
        var levelOf = new TreeMap<TableName, Integer>();
        var levels = new ArrayList<TreeSet<TableName>>();
        // What a component refers to outside itself comes before it, so its level is known.
        for (var component : components(graph)) {
            var level = component.stream()
                    .flatMap(table -> graph.get(table).stream())
                    .filter(table -> !component.contains(table))
                    .mapToInt(table -> levelOf.get(table) + 1)
                    .max()
                    .orElse(0);
            component.forEach(table -> levelOf.put(table, level));
            while (levels.size() <= level) {
                levels.add(new TreeSet<>());
            }
            levels.get(level).addAll(component);
        }
        return levels.stream().map(List::copyOf).toList();
    }

    /** The other tables to which records of each of {@code tables} may refer. */
    public static Set<TableName> referred(Plan plan, Collection<TableName> tables) {
        var graph = graph(plan);
        return tables.stream().flatMap(table -> graph.get(table).stream()).collect(Collectors.toSet());
    }

    /** The tables whose records may refer to those of {@code table}, itself among them if they do. */
    public static Set<TableName> referring(Plan plan, TableName table) {
        var family = plan.table(table).family();
        return plan.tables().stream()
                .filter(other -> families(plan, other).contains(family))
                .map(TablePlan::name)
                .collect(Collectors.toSet());
    }

    /** A table and all to which its records may refer, directly or through others. */
    public static Set<TableName> reachable(Plan plan, TableName from) {
        var graph = graph(plan);
        var reached = new TreeSet<TableName>();
        var open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            var table = open.remove();
            if (reached.add(table)) {
                open.addAll(graph.get(table));
            }
        }
        return reached;
    }

    private static Collection<Set<TableName>> components(Map<TableName, Collection<TableName>> graph) {
        var loops = new Loops<TableName>();
        graph.forEach((table, others) -> {
            loops.node(table);
            others.forEach(other -> loops.edge(table, other));
        });
        return loops.find().inOrder();
    }

    /** From each table to the tables whose ids it holds. */
    private static Map<TableName, Collection<TableName>> graph(Plan plan) {
        var owners = new TreeMap<FamilyName, List<TableName>>();
        // Nothing points to a record that is merged away. One that is created shares the level of its table.
        plan.whole()
                .forEach(table -> owners.computeIfAbsent(table.family(), _ -> new ArrayList<>())
                        .add(table.name()));
        var graph = new TreeMap<TableName, Collection<TableName>>();
        for (var table : plan.tables()) {
            var others = new TreeSet<TableName>();
            families(plan, table).forEach(family -> others.addAll(owners.getOrDefault(family, List.of())));
            // Records of several tables in one physical table are read together, so their tables share a level.
            others.addAll(sharing(plan, table));
            others.remove(table.name());
            graph.put(table.name(), others);
        }
        return graph;
    }

    private static List<TableName> sharing(Plan plan, TablePlan table) {
        return table.kind().isEmpty()
                ? List.of()
                : plan.tables().stream()
                        .filter(other -> other.unit().equals(table.unit()))
                        .map(TablePlan::name)
                        .toList();
    }

    private static List<FamilyName> families(Plan plan, TablePlan table) {
        var families = new ArrayList<FamilyName>();
        table.references().forEach(reference -> families.add(reference.family()));
        for (var role : table.key().values()) {
            switch (role) {
                case KeyRole.Refers(var family) -> families.add(family);
                case KeyRole.Self _, KeyRole.Keep _ -> {}
            }
        }
        // The new ids are those of another table's records.
        var named = List.copyOf(families);
        named.forEach(family -> plan.lookup(family)
                .flatMap(IdentityRule.Lookup::exists)
                .filter(plan::has)
                .ifPresent(exists -> families.add(plan.table(exists).family())));
        return families;
    }
}
