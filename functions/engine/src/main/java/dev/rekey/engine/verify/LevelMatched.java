package dev.rekey.engine.verify;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.Place;
import dev.rekey.engine.join.Sighting;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the matching of one partition of a level found, or of several together.
 *
 * @param counts of verdicts, by table
 * @param sightings values that may be ids, at each place where there are any
 */
public record LevelMatched(Map<TableName, Map<Verdict, Long>> counts, List<Sighting> sightings) {
    /** Of all partitions of a level. */
    static LevelMatched of(Documents documents, RunContext run, RunId task, int level) {
        var counts = new TreeMap<TableName, Map<Verdict, Long>>();
        var sightings = new LinkedHashMap<Place, Sighting>();
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
}
