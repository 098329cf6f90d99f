package dev.rekey.engine.analyze;

import dev.rekey.core.plan.FamilyName;
import dev.rekey.engine.join.IdForms;
import dev.rekey.engine.join.Matched;
import dev.rekey.engine.join.Matched.Collision;
import dev.rekey.engine.join.Matched.Identities;
import dev.rekey.engine.join.Matched.Keys;
import dev.rekey.engine.join.Matched.Orphan;
import dev.rekey.engine.join.Matched.References;
import dev.rekey.engine.join.Place;
import dev.rekey.engine.join.Sighting;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.store.Documents;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the matching of an analysis's partitions found: where it lies, and all of it together. */
public final class Matches {
    private Matches() {}

    /** Writes what the matching of one partition of an analysis found. */
    public static void write(Documents documents, RunContext run, int partition, Matched matched) {
        documents.put(run.folder().match(RunContext.ANALYSIS, partition), matched);
    }

    /** Of all partitions of an analysis. */
    static Matched all(Documents documents, RunContext run) {
        var references = new TreeMap<String, References>();
        var sightings = new LinkedHashMap<Place, Sighting>();
        var composites = new Composites();
        var forms = new TreeMap<FamilyName, IdForms>();
        var orphans = new ArrayList<Orphan>();
        var collisions = new ArrayList<Collision>();
        long read = 0;
        for (int partition = 0; partition < run.manifest().partitions(); partition++) {
            var key = run.folder().match(RunContext.ANALYSIS, partition);
            var part = documents.get(key, Matched.class).value();
            part.identities().references().forEach((place, count) -> references.merge(place, count, References::plus));
            part.identities().forms().forEach((family, some) -> forms.merge(family, some, IdForms::plus));
            orphans.addAll(part.identities().orphans());
            collisions.addAll(part.identities().collisions());
            read += part.read();
            part.sightings().forEach(seen -> sightings.merge(seen.where(), seen, Sighting::plus));
            part.composites().forEach(composites::add);
        }
        return new Matched(
                new Identities(references, orphans, collisions, List.of(), forms),
                Keys.NONE,
                List.copyOf(sightings.values()),
                composites.all(),
                read);
    }

    /** The places in composite values, of all partitions together. */
    private static final class Composites {
        /** Partitions with ids are added up apart, so that their records are those that are shown. */
        private final Map<Place, Sighting> withIds = new LinkedHashMap<>();

        private final Map<Place, Sighting> others = new LinkedHashMap<>();

        /** Adds what one partition has of a place. */
        void add(Sighting seen) {
            var alike = seen.hits().isEmpty() ? others : withIds;
            alike.merge(seen.where(), seen, Sighting::plus);
        }

        /** Those that count, with their values in all partitions. */
        List<Sighting> all() {
            var all = new LinkedHashMap<>(withIds);
            others.forEach((where, seen) -> all.merge(where, seen, Sighting::plus));
            return all.values().stream().filter(Composites::counts).toList();
        }

        /** Pieces that are ids, or whole values, whose prefixes count. */
        private static boolean counts(Sighting seen) {
            return !seen.hits().isEmpty() || (seen.where().part() instanceof Place.Piece piece && piece.isWhole());
        }
    }
}
