package dev.rekey.engine.run;

import dev.rekey.core.identity.Families;
import dev.rekey.core.identity.Mapping;
import dev.rekey.core.identity.NewId;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.mapping.EarlierValues;
import dev.rekey.core.mapping.InPlaceMapping;
import dev.rekey.core.mapping.Kinds;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.mapping.Orphans;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.mapping.ReferenceUse;
import dev.rekey.core.mapping.Taken;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.OnMissing;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.Where;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What is frozen of a run, put together.
 *
 * @param plan for the tables that the run works on
 * @param known the plan for these and for the tables in which it looks up records
 * @param compiled made when somebody asks: who takes records back needs no mapping
 * @param taken what the records that others refer to will hold
 */
public record RunContext(
        Plan plan, Plan known, Manifest manifest, Supplier<Families> compiled, Orphans orphans, Taken taken) {
    /** Name of the join that finds orphans, collisions and undeclared references. */
    public static final String ANALYSIS = "analyze";

    /** Of a plan without mappings. */
    public static RunContext of(Plan plan, Manifest manifest, Orphans orphans) {
        return of(plan, manifest, Map::of, () -> FrozenMerges.NONE, orphans);
    }

    /**
     * @param mappings of the families that the plan declares
     * @param merges of the run
     */
    public static RunContext of(
            Plan plan,
            Manifest manifest,
            Supplier<Map<FamilyName, Mapping>> mappings,
            Supplier<FrozenMerges> merges,
            Orphans orphans) {
        var known = plan.only(
                manifest.known().stream().filter(name -> !name.isPart()).collect(Collectors.toSet()));
        return new RunContext(
                plan.only(manifest.tables().keySet()),
                known,
                manifest,
                compiled(known, manifest, mappings, merges),
                orphans,
                Taken.UNKNOWN);
    }

    private static Supplier<Families> compiled(
            Plan known, Manifest manifest, Supplier<Map<FamilyName, Mapping>> mappings, Supplier<FrozenMerges> merges) {
        var shapes = new HashMap<TableName, TableShape>();
        manifest.known().forEach(name -> shapes.put(name, manifest.shapes(name).source()));
        return new Once<>(() ->
                Families.of(known, shapes, mappings.get()).merged(merges.get().survivors()));
    }

    /** The same run with other merges. */
    public RunContext merging(Supplier<Map<FamilyName, Mapping>> mappings, Supplier<FrozenMerges> merges) {
        return new RunContext(plan, known, manifest, compiled(known, manifest, mappings, merges), orphans, taken);
    }

    /** The rules of the plan's families. */
    public Families families() {
        return compiled.get();
    }

    /** The same run with other orphans. */
    public RunContext with(Orphans others) {
        return new RunContext(plan, known, manifest, compiled, others, taken);
    }

    /** The same run, whose mappings take values of other records from {@code values}. */
    public RunContext taking(Taken values) {
        return new RunContext(plan, known, manifest, compiled, orphans, values);
    }

    /** Whether ids of {@code family} are those of records: where no table is of the family, a mapping knows them alone. */
    public boolean hasRecords(FamilyName family) {
        return known.tables().stream().anyMatch(table -> table.family().equals(family));
    }

    /**
     * The records that must exist for a reference: the one that it names, and the one that its new id names where the plan
     * says that there is one. None if the reference is left out.
     */
    public List<ReferenceUse.Used> needed(ReferenceUse.Used use) {
        var rule = families().rule(use.family());
        var lookup = plan.lookup(use.family());
        if (rule.of(use.id()) instanceof NewId.Missing
                && lookup.filter(one -> one.onMissing() == OnMissing.REMOVE_REFERENCE)
                        .isPresent()) {
            return List.of();
        }
        var needed = new ArrayList<ReferenceUse.Used>();
        if (hasRecords(use.family())) {
            needed.add(use);
        }
        if (!(rule.of(use.id()) instanceof NewId.Missing)) {
            lookup.flatMap(IdentityRule.Lookup::exists)
                    .map(table -> known.table(table).family())
                    .ifPresent(family -> needed.add(
                            new ReferenceUse.Used(use.path(), family, rule.resulting(use.id()), use.onOrphan())));
        }
        return needed;
    }

    /** What the tables of the plan look like in the source. */
    public Map<TableName, TableShape> sources() {
        return known.tables().stream()
                .map(TablePlan::name)
                .collect(Collectors.toMap(
                        name -> name, name -> manifest.shapes(name).source()));
    }

    public RunFolder folder() {
        return new RunFolder(manifest.run());
    }

    public RecordMapping mapping(TableName name) {
        return mappingOfAll(name).within(scope());
    }

    /** Maps the records of a table whatever the scope of the run. */
    public RecordMapping mappingOfAll(TableName name) {
        return mapping(table(name), families());
    }

    /** Finds the references that records of a table hold, whatever would be created for them. */
    public RecordMapping holding(TableName name) {
        return mapping(known.table(name).withoutCreates(), families());
    }

    /** The same as if nothing were merged. */
    public RecordMapping mappingOfUnmerged(TableName name) {
        return mapping(known.table(name), families().unmerged());
    }

    /** Tells the key that a record of a table has in the target, whether it moves or not. */
    public RecordMapping keys(TableName name) {
        return mapping(table(name).withoutTaken(), families().unmerged());
    }

    private RecordMapping mapping(TablePlan table, Families rules) {
        var shapes = manifest.shapes(table.name());
        return RecordMapping.of(table, shapes.source(), shapes.target(), rules, orphans, taken, manifest.startedAt());
    }

    /**
     * What a record of the table {@code name} will be, whatever the scope, but for what it takes of others: one that stays
     * as it is in place is what it is.
     *
     * @param earlier knows what earlier runs wrote to it, if it is changed in place
     */
    public Function<Map<String, AttributeValue>, MappingOutcome> becoming(TableName name, EarlierValues earlier) {
        var table = known.table(name).withoutTaken();
        return table.isInPlace()
                ? inPlaceMapping(table, new Where.Everything(), earlier)::becoming
                : mapping(table, families())::map;
    }

    /** Whether the table {@code name} is written where it is read: what is created there, too. */
    public boolean isWrittenInPlace(TableName name) {
        return table(name.holding()).isInPlace();
    }

    /**
     * What a source record of the table {@code name} is copied as, in the scope of the run. A record that is created where
     * its table is changed in place becomes what that would make of it.
     */
    public Function<Map<String, AttributeValue>, MappingOutcome> copying(TableName name) {
        var mapping = mapping(name);
        if (!name.isCreated() || !isWrittenInPlace(name)) {
            return mapping::map;
        }
        var changing = inPlaceMapping(name.holding(), EarlierValues.NONE);
        return record -> {
            var copied = mapping.map(record);
            return copied instanceof MappingOutcome.Mapped ? changing.becoming(record) : copied;
        };
    }

    /** What the plan says of a table that the run works on or looks up records in. */
    public TablePlan table(TableName name) {
        return known.has(name) ? known.table(name) : plan.table(name);
    }

    /** Which records of its tables the run works on. */
    private Where scope() {
        return manifest.options().scope().records();
    }

    /**
     * Of a table that is changed in place.
     *
     * @param earlier knows what earlier runs wrote to it
     */
    public InPlaceMapping inPlaceMapping(TableName name, EarlierValues earlier) {
        return inPlaceMapping(table(name), scope(), earlier);
    }

    private InPlaceMapping inPlaceMapping(TablePlan table, Where scope, EarlierValues earlier) {
        return new InPlaceMapping(
                table,
                manifest.shapes(table.name()).source(),
                scope,
                families(),
                orphans,
                taken,
                manifest.startedAt(),
                earlier);
    }

    /** The tables whose segments hold records to which those of level {@code number} may refer. */
    public Set<TableName> referredAt(int number) {
        return Levels.referred(plan, manifest.level(number)).stream()
                .map(manifest::unit)
                .collect(Collectors.toSet());
    }

    /** Whether the run works on records of {@code table}, and not only on others of its physical table. */
    public boolean includes(TableName table) {
        return !plan.table(table).isRest() || manifest.options().scope().includes(table);
    }

    /** Tells apart the tables whose records are in the segments of {@code unit}. */
    public Kinds kinds(TableName unit) {
        return Kinds.of(Stream.concat(known.tables().stream(), plan.tables().stream())
                .distinct()
                .filter(table -> table.unit().equals(unit))
                .toList());
    }
}
