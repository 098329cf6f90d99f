package dev.rekey.engine.verify;

import dev.rekey.engine.join.Sighting;
import dev.rekey.engine.plan.TableName;
import java.util.List;
import java.util.Map;

/**
 * What the matching of one partition of a level found, or of several together.
 *
 * @param counts of verdicts, by table
 * @param sightings values that may be ids, at each place where there are any
 */
public record LevelMatched(Map<TableName, Map<Verdict, Long>> counts, List<Sighting> sightings) {}
