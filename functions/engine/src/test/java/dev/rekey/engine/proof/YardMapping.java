package dev.rekey.engine.proof;

import dev.rekey.core.identity.Families;
import dev.rekey.core.identity.Mapping;
import dev.rekey.core.identity.MappingBuilder;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.Digest;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.mapping.EarlierValues;
import dev.rekey.core.mapping.InPlaceMapping;
import dev.rekey.core.mapping.InPlaceOutcome;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.mapping.Orphans;
import dev.rekey.core.mapping.Taken;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.Where;
import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.FrozenOrphans;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.workflow.ColdProcess;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the plan, and each of its runs with the merges that are frozen in it, does with a record of the {@link Yard}. */
final class YardMapping {
    private static final FamilyName PEOPLE = new FamilyName("People");

    private final Documents documents;
    /** By what the run has left out of its merges so far. */
    private final Map<List<Object>, OfRun> runs = new HashMap<>();
    /** What stands where while a record is mapped. */
    private Function<Spot, Optional<Map<String, AttributeValue>>> there = _ -> Optional.empty();

    YardMapping(Documents documents) {
        this.documents = documents;
    }

    private final class OfRun {
        private final Manifest manifest;
        private final RunContext context;
        private final Map<TableName, InPlaceMapping> mappings = new HashMap<>();

        OfRun(RunId run) {
            var folder = new RunFolder(run);
            this.manifest = documents.get(folder.manifest(), Manifest.class).value();
            var plan = ColdProcess.plan(Yard.plan(Optional.empty())).withParts();
            this.context = RunContext.of(
                            plan,
                            manifest,
                            () -> tenants(plan),
                            () -> FrozenMerges.kept(documents, folder).orElse(FrozenMerges.NONE),
                            removed(FrozenOrphans.load(documents, folder)))
                    .taking((family, id, attribute) ->
                            taken(survivor(family, id).canonical(), attribute));
        }

        /** A reference is removed only while its record is not there. */
        private Orphans removed(Orphans frozen) {
            return new Orphans() {
                @Override
                public boolean contains(FamilyName family, OldId id) {
                    return frozen.contains(family, id);
                }

                @Override
                public boolean isStill(FamilyName family, OldId id) {
                    return !Yard.isPerson(there.apply(Yard.folk(id.canonical())));
                }
            };
        }

        private OldId survivor(FamilyName family, OldId id) {
            return context.families().survivor(family, id);
        }

        boolean isMerged(TableName table, Spot at) {
            var id = new OldId(KeyType.S, Yard.id(at));
            return !survivor(new FamilyName(table.value()), id).equals(id);
        }

        InPlaceMapping mapping(TableName table) {
            return mappings.computeIfAbsent(table, name -> context.inPlaceMapping(name, EarlierValues.NONE));
        }

        /** The tables of the run that change what stands there. */
        Stream<TableName> tables(Spot at, Map<String, AttributeValue> record) {
            var merged = Yard.tablesAt(at)
                    .filter(table -> manifest.tables().containsKey(table.mergedAway()) && isMerged(table, at))
                    .map(TableName::mergedAway);
            return Stream.concat(Yard.tableOf(at, record).stream(), merged).filter(manifest.tables()::containsKey);
        }
    }

    private static Map<FamilyName, Mapping> tenants(Plan plan) {
        var tenants = new FamilyName("Tenants");
        var builder = new MappingBuilder(plan.lookup(tenants).orElseThrow());
        for (int i = 0; i < Yard.TENANTS; i++) {
            var _ = builder.add("t" + i, "o" + i);
        }
        return Map.of(tenants, builder.build());
    }

    private Taken.Answer taken(String person, String attribute) {
        return there.apply(Yard.folk(person))
                .filter(record ->
                        Yard.tableOf(Yard.folk(person), record).equals(Optional.of(new TableName(PEOPLE.value()))))
                .<Taken.Answer>map(record -> new Taken.Answer.Value(record.get(attribute)))
                .orElseGet(Taken.Answer.NoRecord::new);
    }

    Documents documents() {
        return documents;
    }

    /** Whether the run has merged a record of {@code table}. */
    boolean isMerged(RunId run, TableName table, Spot at) {
        return ofRun(run).isMerged(table, at);
    }

    /** Where the person stands whose name a note takes, by the merges of a run. */
    Optional<Spot> referee(RunId run, Map<String, AttributeValue> record) {
        return Optional.ofNullable(record.get("personId"))
                .map(id -> ofRun(run).survivor(PEOPLE, new OldId(KeyType.S, id.s())))
                .map(survivor -> Yard.folk(survivor.canonical()));
    }

    /**
     * What a run does with a record of one of its tables.
     *
     * @param what stands where at that time
     */
    InPlaceOutcome map(
            RunId run,
            TableName table,
            Map<String, AttributeValue> record,
            Function<Spot, Optional<Map<String, AttributeValue>>> what) {
        var of = ofRun(run);
        if (!of.manifest.tables().containsKey(table)) {
            return new MappingOutcome.FilteredOut();
        }
        there = what;
        return of.mapping(table).map(record);
    }

    /** Digest of what decides about a record of one of the run's tables. */
    Digest digest(
            RunId run,
            TableName table,
            Map<String, AttributeValue> record,
            Function<Spot, Optional<Map<String, AttributeValue>>> what) {
        there = what;
        return ofRun(run).mapping(table).digest(record);
    }

    /** The table for which a run would change what stands there; empty if it would change nothing. */
    Optional<TableName> changing(
            RunId run,
            Spot at,
            Map<String, AttributeValue> record,
            Function<Spot, Optional<Map<String, AttributeValue>>> what) {
        return ofRun(run)
                .tables(at, record)
                .filter(table -> map(run, table, record, what) instanceof InPlaceOutcome.Update)
                .findFirst();
    }

    private OfRun ofRun(RunId run) {
        var ended = documents.list(new RunFolder(run).endedMerges());
        return runs.computeIfAbsent(List.of(run, ended), _ -> new OfRun(run));
    }

    /** What the plan does with a record if nothing is merged. */
    InPlaceOutcome unmerged(
            Spot at, Map<String, AttributeValue> record, Function<Spot, Optional<Map<String, AttributeValue>>> what) {
        there = what;
        var plan = ColdProcess.plan(Yard.plan(Optional.empty()));
        return Yard.tableOf(at, record)
                .map(table -> new InPlaceMapping(
                                plan.table(table),
                                Yard.shapes().get(table),
                                new Where.Everything(),
                                Families.of(plan, Yard.shapes(), tenants(plan)),
                                Orphans.NONE,
                                (_, id, attribute) -> taken(id.canonical(), attribute),
                                Instant.parse("2026-01-01T00:00:00Z"),
                                EarlierValues.NONE)
                        .map(record))
                .orElseGet(MappingOutcome.FilteredOut::new);
    }
}
