package dev.rekey.engine.proof;

import dev.rekey.core.identity.Identity;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.Digest;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.mapping.Orphans;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.mapping.Taken;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.run.FrozenCreated.Created;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Where the source records of a simulation belong, and what they become, by the merges of one run. */
final class WardMapping {
    private static final FamilyName PEOPLE = new FamilyName("People");

    private final Map<String, RecordMapping> mappings = new HashMap<>();
    private final Map<String, RecordMapping> unmerged = new HashMap<>();
    private final Manifest manifest;
    private final Documents documents;
    private final RunContext run;
    private final Function<Spot, Optional<Map<String, AttributeValue>>> source;

    /** @param source what stands where in the source: values are taken from there */
    WardMapping(
            Plan plan,
            Manifest manifest,
            Documents documents,
            Function<Spot, Optional<Map<String, AttributeValue>>> source) {
        this.manifest = manifest;
        this.source = source;
        this.documents = documents;
        var folder = new RunFolder(manifest.run());
        this.run = RunContext.of(
                        plan,
                        manifest,
                        Map::of,
                        () -> FrozenMerges.kept(documents, folder).orElse(FrozenMerges.NONE),
                        Orphans.NONE)
                .taking((_, id, attribute) -> taken(id, attribute));
        Ward.PLANNED.forEach(table -> {
            mappings.put(table, run.mapping(new TableName(table)));
            unmerged.put(table, run.mappingOfUnmerged(new TableName(table)));
        });
    }

    private Taken.Answer taken(OldId id, String attribute) {
        var at = survivor(person(id.value()));
        return source.apply(at)
                .filter(record -> Ward.moves(at.table(), record))
                .<Taken.Answer>map(record -> new Taken.Answer.Value(record.get(attribute)))
                .orElseGet(Taken.Answer.NoRecord::new);
    }

    /** Empty if the plan leaves the record out, merges it into another, or does not fit it. */
    Optional<Map<String, AttributeValue>> item(Spot from, Map<String, AttributeValue> record) {
        return item(mappings, from, record);
    }

    private static Optional<Map<String, AttributeValue>> item(
            Map<String, RecordMapping> by, Spot from, Map<String, AttributeValue> record) {
        return switch (by.get(Ward.planned(from.table(), from.key())).map(record)) {
            case MappingOutcome.Mapped mapped -> Optional.of(mapped.item());
            case MappingOutcome.FilteredOut _, MappingOutcome.MergedAway _, MappingOutcome.Unmappable _ ->
                Optional.empty();
        };
    }

    /** Digest of what decides about a record. */
    Digest digest(Spot from, Map<String, AttributeValue> record) {
        return mappings.get(Ward.planned(from.table(), from.key())).digest(record);
    }

    /** Where the record goes, if the plan takes it; where it would go, if it is merged into another. */
    Spot target(Spot from) {
        var record = new HashMap<>(from.key().attributes());
        record.put("kind", Ward.text("open"));
        record.put("sort", Ward.text(Ward.sortOf(from)));
        record.put("tenantId", Ward.text("any"));
        var item = item(unmerged, from, record).orElseThrow();
        var table = from.table().replace("src-", "dst-");
        var shape = manifest.table(new TableName(table.replace("dst-", ""))).target();
        return new Spot(table, shape.keyOf(item));
    }

    /** The clubs that a run creates, as if the source had them. */
    Map<Spot, Map<String, AttributeValue>> created(RunId run) {
        return CreatedWatch.of(documents, run).all().stream()
                .collect(Collectors.toMap(
                        club -> Clubs.spot("src-Clubs", club.id().canonical()), Created::attributes));
    }

    /** Where the record stands that a reference names; for one that is merged, its survivor. */
    Spot referred(Identity to) {
        var table = Ward.physical(new TableName(to.family().value()));
        return survivor(new Spot("src-" + table, new Key(Map.of("id", to.id().value()))));
    }

    static Spot person(AttributeValue id) {
        return new Spot("src-People", new Key(Map.of("id", id)));
    }

    /** The person that another one is merged into; itself, if it is not, or no person. */
    Spot survivor(Spot person) {
        if (!person.table().equals("src-People")) {
            return person;
        }
        var id = new OldId(KeyType.S, person.key().attributes().get("id").s());
        return person(run.families().survivor(PEOPLE, id).value());
    }

    /** The persons whose values a record has taken, or would take, at any time between two moments. */
    List<Spot> referees(History history, Spot from, long since, long to) {
        return Ward.sortOf(from).equals("letter")
                ? history.during(from, since, to).stream()
                        .flatMap(Optional::stream)
                        .flatMap(record -> Optional.ofNullable(record.get("personId")).stream())
                        .map(id -> survivor(person(id)))
                        .distinct()
                        .toList()
                : List.of();
    }
}
