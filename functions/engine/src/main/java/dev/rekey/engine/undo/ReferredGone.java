package dev.rekey.engine.undo;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.core.identity.Identity;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.FrozenGone;
import dev.rekey.engine.run.FrozenGone.Gone;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.segment.PageLines;
import dev.rekey.engine.store.Documents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Which of the records that a run is to delete other records of the target refer to: they stay. References of records that are
 * deleted as well do not count.
 */
public final class ReferredGone {
    private final RunContext run;
    private final Documents documents;
    private final RunId task;
    private final Map<TableName, Map<String, Identity>> ids = new HashMap<>();
    private final Set<Identity> wanted = new HashSet<>();
    private final Map<TableName, Referring> tables = new HashMap<>();

    /**
     * References of one page to one record.
     *
     * @param by the record that refers, if the run is to delete that too
     * @param place where they stand
     * @param count how many they are
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    private record Reference(Identity to, Optional<By> by, Optional<Place> place, long count) {}

    /** Where references stand, such as {@code Orders.customerId}. */
    private record Place(TableName table, String path) {
        @Override
        public String toString() {
            return table + "." + path;
        }
    }

    /**
     * Who refers to a record that must stay.
     *
     * @param places where their references stand
     * @param references how many there are
     */
    public record Referrers(SortedSet<String> places, long references) {}

    private record Found(Identity to, Optional<By> by, Place place) {}

    private record By(TableName table, String key) {}

    /** @param task the execution that looks for references */
    public ReferredGone(RunContext run, Documents documents, RunId task) {
        this.run = run;
        this.documents = documents;
        this.task = task;
        FrozenGone.of(documents, run.manifest())
                .all()
                .forEach(one -> id(run, one).ifPresent(id -> {
                    ids.computeIfAbsent(one.table(), _ -> new HashMap<>()).put(one.key(), id);
                    wanted.add(id);
                }));
    }

    /** The identity by which others refer to it where it was written. */
    private static Optional<Identity> id(RunContext run, Gone one) {
        var plan = run.known().table(one.table());
        return KeyRoles.self(plan, run.manifest().table(one.table()).target())
                .flatMap(self -> id(self, one.target()))
                .map(id -> new Identity(plan.family(), id));
    }

    private static Optional<OldId> id(KeyAttribute self, Key key) {
        return OldId.read(self.type(), key.attributes().get(self.name())) instanceof OldId id
                ? Optional.of(id)
                : Optional.empty();
    }

    /** Whether nobody can refer to anything that is to be deleted. */
    public boolean isIdle() {
        return wanted.isEmpty();
    }

    /** What one page of a target shows. */
    public final class Page {
        private final Map<Found, Long> found = new LinkedHashMap<>();

        /** A record of the target. */
        public void see(TableName table, Key key, Map<String, AttributeValue> record) {
            if (table.isPart()) {
                return;
            }
            var text = Gone.text(key);
            var by = Optional.of(new By(table, text))
                    .filter(_ -> ids.getOrDefault(table, Map.of()).containsKey(text));
            tables.computeIfAbsent(table, name -> Referring.of(run, name))
                    .uses(record)
                    .forEach(use -> named(use.to())
                            .filter(wanted::contains)
                            .forEach(to ->
                                    found.merge(new Found(to, by, new Place(table, use.path())), 1L, Long::sum)));
        }

        /** @param redone whether an earlier attempt may have written the same */
        public void write(TableName unit, Segment segment, int page, boolean redone) {
            new PageLines(documents, unit, segment, page, redone)
                    .write(
                            run.folder().referringToGone(task),
                            found.entrySet().stream()
                                    .map(one -> new Reference(
                                            one.getKey().to(),
                                            one.getKey().by(),
                                            Optional.of(one.getKey().place()),
                                            one.getValue()))
                                    .toList());
        }
    }

    public Page page() {
        return new Page();
    }

    /** The record itself, and the one that has its id where a mapping gives ids of another table. */
    private Stream<Identity> named(Identity one) {
        return Stream.concat(
                Stream.of(one),
                run.plan().lookup(one.family()).flatMap(IdentityRule.Lookup::exists).stream()
                        .map(table -> new Identity(family(table), one.id())));
    }

    private FamilyName family(TableName table) {
        return run.known().table(table).family();
    }

    /**
     * The keys of {@code table} that must stay, now that all levels before are verified, and why.
     *
     * @param still the keys of all that still are gone, by table
     */
    public Map<String, Referrers> kept(TableName table, Map<TableName, Set<String>> still) {
        var kept = new HashSet<Identity>();
        var byGone = new ArrayList<StillReferred.Reference>();
        var all = new ArrayList<Reference>();
        documents.eachLine(documents.list(run.folder().referringToGone(task)), Reference.class, one -> {
            var gone = one.by()
                    .filter(by -> still.getOrDefault(by.table(), Set.of()).contains(by.key()));
            if (gone.isPresent()) {
                byGone.add(new StillReferred.Reference(one.to(), gone.map(this::id)));
            } else {
                kept.add(one.to());
            }
            all.add(new Reference(one.to(), gone, one.place(), one.count()));
        });
        StillReferred.withReferred(kept, byGone);
        var referrers = new HashMap<Identity, Referrers>();
        all.stream()
                .filter(one ->
                        one.by().map(this::id).filter(by -> !kept.contains(by)).isEmpty())
                .forEach(one -> referrers.merge(one.to(), referrers(one), ReferredGone::both));
        var keys = new HashMap<String, Referrers>();
        ids.getOrDefault(table, Map.of()).forEach((key, id) -> {
            if (kept.contains(id)) {
                keys.put(key, referrers.get(id));
            }
        });
        return keys;
    }

    /** An execution of an earlier version has written no places. */
    private static Referrers referrers(Reference one) {
        var places = new TreeSet<String>();
        one.place().map(Place::toString).ifPresent(places::add);
        return new Referrers(places, Math.max(1, one.count()));
    }

    private static Referrers both(Referrers one, Referrers other) {
        var places = new TreeSet<>(one.places());
        places.addAll(other.places());
        return new Referrers(places, one.references() + other.references());
    }

    private Identity id(By by) {
        return ids.get(by.table()).get(by.key());
    }
}
