package dev.rekey.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An immutable declaration of what moves where, and how identities change.
 *
 * @param target where nothing is copied, the source
 * @param tables in the order of the file, then one for each physical table that several share, for records that belong
 *     to none of them; names are unique
 * @param bounds how much a run may take
 * @param declared families and parameters
 * @param fingerprint of the plan's canonical form
 */
public record Plan(
        PlanName name,
        Side source,
        Side target,
        List<TablePlan> tables,
        Bounds bounds,
        Declarations declared,
        Fingerprint fingerprint) {

    /**
     * How much a run may take.
     *
     * @param closureLimit how many records {@code test} may migrate together, at least 1; empty if the plan does not say
     * @param limits what a run begins with; no part of the canonical form, since they do not change what is written
     */
    public record Bounds(OptionalInt closureLimit, Limits limits) {
        private static final int CLOSURE = 10_000;
    }

    public Plan {
        tables = List.copyOf(tables);
    }

    public int closureLimit() {
        return bounds.closureLimit().orElse(Bounds.CLOSURE);
    }

    public Limits limits() {
        return bounds.limits();
    }

    /**
     * The table that the plan calls {@code name}.
     *
     * @throws IllegalArgumentException if the plan has no such table
     */
    public TablePlan table(TableName name) {
        return tables.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the plan has no table " + name));
    }

    public boolean has(TableName name) {
        return tables.stream().anyMatch(table -> table.name().equals(name));
    }

    /** The tables that the plan itself names, without those that take what no table takes of a physical table. */
    public List<TablePlan> named() {
        return whole().stream().filter(table -> !table.isRest()).toList();
    }

    /** The tables without the parts of tables. */
    public List<TablePlan> whole() {
        return tables.stream().filter(table -> !table.name().isPart()).toList();
    }

    /** The tables that are changed in place, and parts of these. */
    public List<TablePlan> inPlace() {
        return tables.stream().filter(TablePlan::isInPlace).toList();
    }

    /** The tables whose records are written to others, and parts that are copied or deleted. */
    public List<TablePlan> copied() {
        return tables.stream().filter(table -> !table.isInPlace()).toList();
    }

    /** Whether the plan changes some of its tables in place. */
    public boolean changesInPlace() {
        return !inPlace().isEmpty();
    }

    /** Whether the plan copies some of its tables. A part goes where its table is. */
    public boolean copies() {
        return copied().stream().anyMatch(table -> !table.name().isPart());
    }

    /** How the ids of {@code family} change; empty if the plan has no such family. */
    public Optional<IdentityRule> rule(FamilyName family) {
        return declared.families().stream()
                .filter(one -> one.name().equals(family))
                .<IdentityRule>map(DeclaredFamily::rule)
                .findFirst()
                .or(() -> tables.stream()
                        .filter(table -> table.family().equals(family))
                        .map(TablePlan::identity)
                        .findFirst());
    }

    /** The rule of {@code family}, if its new ids come from a mapping. */
    public Optional<IdentityRule.Lookup> lookup(FamilyName family) {
        return declared.families().stream()
                .filter(one -> one.name().equals(family))
                .map(DeclaredFamily::rule)
                .findFirst();
    }

    /** The plan for {@code some} of its tables. */
    public Plan only(Set<TableName> some) {
        return with(tables.stream().filter(table -> some.contains(table.name())).toList());
    }

    /** The same plan, with a table for each part: of records which are merged away and changed, created, and deleted. */
    public Plan withParts() {
        var all = new ArrayList<>(tables);
        tables.forEach(table -> table.mergedAway().ifPresent(all::add));
        createdInto().forEach(table -> all.add(table.created()));
        copied().forEach(table -> all.add(table.gone()));
        return with(all);
    }

    /** Whether records are created where references have none to point to. */
    public boolean creates() {
        return tables.stream().anyMatch(TablePlan::creates);
    }

    /** Whether records take values of others. */
    public boolean takes() {
        return tables.stream().anyMatch(TablePlan::takes);
    }

    /** The tables that get records because references have none to point to, in the plan's order. */
    public List<TablePlan> createdInto() {
        var families = tables.stream()
                .flatMap(table -> table.references().stream())
                .filter(Reference::createsRecords)
                .map(Reference::family)
                .collect(Collectors.toSet());
        return tables.stream()
                .filter(table -> families.contains(table.family()))
                .filter(table -> Referred.table(tables, table.family())
                        .filter(table::equals)
                        .isPresent())
                .toList();
    }

    /** Whether records of {@code family} are merged. */
    public boolean merges(FamilyName family) {
        return tables.stream()
                .anyMatch(
                        table -> table.family().equals(family) && table.merge().isPresent());
    }

    /** The files that the plan names: those with mappings, and those with merges. */
    public List<MappingSource.OfFile> files() {
        return Stream.concat(
                        declared.families().stream().map(family -> family.rule().mapping()),
                        tables.stream()
                                .flatMap(table -> table.merge().stream())
                                .flatMap(merge -> merge.into().stream()))
                .filter(MappingSource.OfFile.class::isInstance)
                .map(MappingSource.OfFile.class::cast)
                .toList();
    }

    /** The files beside the plan that are its source, as the plan names them: of one file, or of several with a star. */
    public List<String> filesBeside() {
        return tables.stream()
                .filter(table -> table.file().isPresent())
                .map(table -> table.source().name())
                .filter(name -> !name.startsWith(Location.Files.BUCKET))
                .distinct()
                .toList();
    }

    /** Whether records of some table are merged. */
    public boolean merges() {
        return tables.stream().anyMatch(table -> table.merge().isPresent());
    }

    private Plan with(List<TablePlan> others) {
        return new Plan(name, source, target, others, bounds, declared, fingerprint);
    }
}
