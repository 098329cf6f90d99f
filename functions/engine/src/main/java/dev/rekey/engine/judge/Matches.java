package dev.rekey.engine.judge;

import dev.rekey.engine.document.Documents;
import dev.rekey.engine.join.Matched;
import dev.rekey.engine.join.Matched.Collision;
import dev.rekey.engine.join.Matched.KeyExample;
import dev.rekey.engine.join.Matched.Orphan;
import dev.rekey.engine.join.Matched.References;
import dev.rekey.engine.join.Sighting;
import dev.rekey.engine.opened.OpenedRun;
import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;

/** The results of a join's partitions: where they lie, and all of them together. */
public final class Matches {
    private Matches() {}

    /** Where the result of one partition of a join lies. */
    public static ObjectKey key(OpenedRun run, String join, int partition) {
        return run.folder().key("matches/%s/%05d.json".formatted(join, partition));
    }

    static Matched all(Documents documents, OpenedRun run, String join) {
        var references = new TreeMap<String, References>();
        var sightings = new LinkedHashMap<Sighting.Where, Sighting>();
        var orphans = new ArrayList<Orphan>();
        var collisions = new ArrayList<Collision>();
        var unlogged = new TreeMap<TableName, Long>();
        var examples = new ArrayList<KeyExample>();
        for (int partition = 0; partition < run.manifest().partitions(); partition++) {
            var part = documents.get(key(run, join, partition), Matched.class).value();
            part.references().forEach((place, count) -> references.merge(place, count, References::plus));
            part.unlogged().forEach((table, count) -> unlogged.merge(table, count, Long::sum));
            orphans.addAll(part.orphans());
            collisions.addAll(part.collisions());
            examples.addAll(part.unloggedExamples());
            part.sightings().forEach(seen -> sightings.merge(seen.where(), seen, Sighting::plus));
        }
        return new Matched(references, orphans, collisions, unlogged, examples, List.copyOf(sightings.values()));
    }
}
