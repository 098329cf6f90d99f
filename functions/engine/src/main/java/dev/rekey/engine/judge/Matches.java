package dev.rekey.engine.judge;

import dev.rekey.engine.analyze.AnalyzeSegment;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.join.Matched;
import dev.rekey.engine.join.Matched.Collision;
import dev.rekey.engine.join.Matched.Orphan;
import dev.rekey.engine.join.Matched.References;
import dev.rekey.engine.join.Sighting;
import dev.rekey.engine.opened.OpenedRun;
import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.verify.LevelMatched;
import dev.rekey.engine.verify.Verdict;
import dev.rekey.engine.verify.VerifyWork;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The results of a join's partitions: where they lie, and all of them together. */
public final class Matches {
    private Matches() {}

    /** Writes what the matching of one partition of an analysis found. */
    public static void write(Documents documents, OpenedRun run, int partition, Matched matched) {
        documents.put(run.folder().match(AnalyzeSegment.JOIN, partition), matched);
    }

    /** Of all partitions of a level. */
    static LevelMatched ofLevel(Documents documents, OpenedRun run, RunId task, int level) {
        var counts = new TreeMap<TableName, Map<Verdict, Long>>();
        var sightings = new LinkedHashMap<Sighting.Where, Sighting>();
        for (int partition = 0; partition < run.manifest().partitions(); partition++) {
            var key = run.folder().match(VerifyWork.join(task, level), partition);
            var part = documents.get(key, LevelMatched.class).value();
            part.counts().forEach((table, verdicts) -> {
                var sum = counts.computeIfAbsent(table, _ -> new EnumMap<>(Verdict.class));
                verdicts.forEach((verdict, count) -> sum.merge(verdict, count, Long::sum));
            });
            part.sightings().forEach(seen -> sightings.merge(seen.where(), seen, Sighting::plus));
        }
        return new LevelMatched(counts, List.copyOf(sightings.values()));
    }

    /** Of all partitions of an analysis. */
    static Matched all(Documents documents, OpenedRun run) {
        var references = new TreeMap<String, References>();
        var sightings = new LinkedHashMap<Sighting.Where, Sighting>();
        var composites = new Composites();
        var orphans = new ArrayList<Orphan>();
        var collisions = new ArrayList<Collision>();
        long read = 0;
        for (int partition = 0; partition < run.manifest().partitions(); partition++) {
            var key = run.folder().match(AnalyzeSegment.JOIN, partition);
            var part = documents.get(key, Matched.class).value();
            part.references().forEach((place, count) -> references.merge(place, count, References::plus));
            orphans.addAll(part.orphans());
            collisions.addAll(part.collisions());
            read += part.read();
            part.sightings().forEach(seen -> sightings.merge(seen.where(), seen, Sighting::plus));
            part.composites().forEach(composites::add);
        }
        return new Matched(
                references,
                orphans,
                collisions,
                Map.of(),
                List.of(),
                List.copyOf(sightings.values()),
                composites.all(),
                List.of(),
                List.of(),
                List.of(),
                read);
    }
}
