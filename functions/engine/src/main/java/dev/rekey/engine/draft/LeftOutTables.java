package dev.rekey.engine.draft;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.Location;
import dev.rekey.core.plan.MappingSource;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.join.PlaceName;
import dev.rekey.engine.join.Words;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tables of a plan's source that match its template and that the plan leaves out. Their references keep the old ids of records
 * that the plan gives new ones, or merges.
 *
 * @param template of the source
 * @param referring those with attributes that are named like references to such records, and these attributes
 * @param others in order of name; empty if the template takes every table of the account
 */
public record LeftOutTables(
        String template, SortedMap<TableName, SortedMap<String, FamilyName>> referring, List<TableName> others) {
    public LeftOutTables {
        referring = Collections.unmodifiableSortedMap(new TreeMap<>(referring));
        others = List.copyOf(others);
    }

    /** Which tables of {@code all} are left out, by their names in the plan. */
    public static SortedMap<TableName, PhysicalTable> of(Plan plan, List<PhysicalTable> all) {
        var found = new TreeMap<TableName, PhysicalTable>();
        if (plan.source().location() instanceof Location.Tables(var text) && isOfOneTable(text)) {
            var from = new TableTemplate(text);
            var to = target(plan);
            var known = known(plan);
            all.stream()
                    .filter(table -> !known.contains(table))
                    .filter(table -> to.filter(template -> template.isTargetOf(from, table))
                            .isEmpty())
                    .forEach(table -> from.nameOf(table)
                            .filter(name -> !plan.has(name))
                            .ifPresent(name -> found.put(name, table)));
        }
        return found;
    }

    private static Optional<TableTemplate> target(Plan plan) {
        return plan.copies() && plan.target().location() instanceof Location.Tables(var text) && isOfOneTable(text)
                ? Optional.of(new TableTemplate(text))
                : Optional.empty();
    }

    private static boolean isOfOneTable(String template) {
        int first = template.indexOf(Location.TABLE);
        return first >= 0 && first == template.lastIndexOf(Location.TABLE);
    }

    /** Those that the plan reads or writes under whatever name. */
    private static Set<PhysicalTable> known(Plan plan) {
        var known = new HashSet<PhysicalTable>();
        plan.tables().forEach(table -> known.addAll(List.of(table.source(), table.target())));
        var mappings = Stream.concat(
                plan.declared().families().stream().map(family -> family.rule().mapping()),
                plan.tables().stream()
                        .flatMap(table -> table.merge().stream())
                        .flatMap(merge -> merge.into().stream()));
        mappings.forEach(mapping -> {
            if (mapping instanceof MappingSource.OfTable(var table, var _, var _)) {
                known.add(table);
            }
        });
        return known;
    }

    /**
     * What their attributes say.
     *
     * @param tables by their names in the plan
     * @param attributes names of some of the attributes of each table's records
     */
    public static LeftOutTables of(
            Plan plan, SortedMap<TableName, PhysicalTable> tables, Function<TableName, Set<String>> attributes) {
        var changing = changing(plan);
        var referring = new TreeMap<TableName, SortedMap<String, FamilyName>>();
        for (var table : tables.keySet()) {
            var found = new TreeMap<String, FamilyName>();
            if (!changing.isEmpty()) {
                attributes
                        .apply(table)
                        .forEach(attribute -> changing.stream()
                                .filter(family -> isNamedAfter(attribute, family, plan))
                                .findFirst()
                                .ifPresent(family -> found.put(attribute, family)));
            }
            if (!found.isEmpty()) {
                referring.put(table, found);
            }
        }
        var template = plan.source().location().template();
        return new LeftOutTables(
                template,
                referring,
                template.equals(Location.TABLE)
                        ? List.of()
                        : tables.keySet().stream()
                                .filter(table -> !referring.containsKey(table))
                                .toList());
    }

    /** Families whose references become others. */
    private static Set<FamilyName> changing(Plan plan) {
        var changing = new TreeSet<FamilyName>();
        plan.declared().families().forEach(family -> changing.add(family.name()));
        plan.named().stream()
                .filter(table -> !(table.identity() instanceof IdentityRule.Keep)
                        || table.merge().isPresent())
                .map(TablePlan::family)
                .forEach(changing::add);
        return changing;
    }

    private static boolean isNamedAfter(String attribute, FamilyName family, Plan plan) {
        var name = PlaceName.of(List.of(new Step.Field(attribute)));
        return (name.words().saysId() && name.likeness(family.value()).isStrong())
                || (!Words.isBare(attribute) && declared(family, plan).contains(attribute));
    }

    /** Attributes that hold ids of {@code family} in the plan's tables, as keys or as references. */
    private static Set<String> declared(FamilyName family, Plan plan) {
        return plan.named().stream()
                .flatMap(table -> Stream.concat(
                        table.references().stream()
                                .filter(reference -> reference.family().equals(family))
                                .map(reference -> reference.path().text()),
                        table.key().entrySet().stream()
                                .filter(key -> isOf(key.getValue(), table, family))
                                .map(key -> key.getKey())))
                .collect(Collectors.toSet());
    }

    private static boolean isOf(KeyRole role, TablePlan table, FamilyName family) {
        return (role instanceof KeyRole.Refers(var to) && to.equals(family))
                || (role instanceof KeyRole.Self && table.family().equals(family));
    }
}
