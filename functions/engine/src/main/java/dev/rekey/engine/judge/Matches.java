package dev.rekey.engine.judge;

import dev.rekey.engine.analyze.AnalyzeSegment;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.join.CompositeSighting;
import dev.rekey.engine.join.Matched;
import dev.rekey.engine.join.Matched.Collision;
import dev.rekey.engine.join.Matched.KeyExample;
import dev.rekey.engine.join.Matched.Orphan;
import dev.rekey.engine.join.Matched.References;
import dev.rekey.engine.join.Sighting;
import dev.rekey.engine.opened.OpenedRun;
import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.verify.Difference;
import dev.rekey.engine.verify.NotedDifferences;
import dev.rekey.engine.verify.Verdict;
import dev.rekey.engine.verify.VerifyWork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;

/** The results of a join's partitions: where they lie, and all of them together. */
public final class Matches {
    private Matches() {}

    /** Where the result of one partition of a join lies. */
    private static ObjectKey key(OpenedRun run, String join, int partition) {
        return run.folder().key("matches/%s/%05d.json".formatted(join, partition));
    }

    /**
     * Writes what the matching of one partition found; of a verification, with every single difference.
     *
     * @param task the execution that verifies
     * @param level 0 for the matching of an analysis
     */
    public static void write(
            Documents documents, OpenedRun run, RunId task, int level, int partition, Matched matched) {
        if (level == 0) {
            documents.put(key(run, AnalyzeSegment.JOIN, partition), matched);
            return;
        }
        new NotedDifferences(documents, run.folder(), task, level)
                .write("match-%05d".formatted(partition), differences(run, matched), true);
        documents.put(key(run, VerifyWork.join(task, level), partition), matched.withFewExamples());
    }

    private static List<Difference> differences(OpenedRun run, Matched matched) {
        var differences = new ArrayList<Difference>();
        for (var orphan : matched.orphans()) {
            int places = (int) Math.min(Integer.MAX_VALUE, orphan.count());
            differences.add(new Difference(
                    Verdict.DANGLING.word(),
                    orphan.table(),
                    orphan.example(),
                    List.of(orphan.path()),
                    List.of(),
                    places > 1 ? places : 0));
        }
        for (var example : matched.unloggedExamples()) {
            if (unlogged(run, example.table()).isFailure()) {
                differences.add(new Difference(Verdict.UNEXPECTED, example.table(), example.key(), List.of()));
            }
        }
        return differences;
    }

    /** What a target record is that the run did not log. */
    static Verdict unlogged(OpenedRun run, TableName table) {
        return run.manifest().table(table).targetWasEmpty() ? Verdict.UNEXPECTED : Verdict.PREEXISTING;
    }

    static Matched all(Documents documents, OpenedRun run, String join) {
        var references = new TreeMap<String, References>();
        var sightings = new LinkedHashMap<Sighting.Where, Sighting>();
        var composites = new LinkedHashMap<CompositeSighting.Where, CompositeSighting>();
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
            part.composites().forEach(seen -> composites.merge(seen.where(), seen, CompositeSighting::plus));
        }
        return new Matched(
                references,
                orphans,
                collisions,
                unlogged,
                examples,
                List.copyOf(sightings.values()),
                List.copyOf(composites.values()));
    }
}
