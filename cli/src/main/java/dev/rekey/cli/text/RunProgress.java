package dev.rekey.cli.text;

import dev.rekey.core.plan.Limits;
import dev.rekey.core.plan.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a run has come, table by table.
 *
 * @param tables in order of level and name
 * @param paused since when; empty if the run is not paused
 * @param limits what all its workers together may consume
 * @param retries how often a worker had to begin again
 * @param slowed how many segments go slower than they could, because of limits or because their tables refuse
 */
public record RunProgress(
        Progress all, List<OfTable> tables, Optional<Instant> paused, Limits limits, int retries, int slowed) {

    /**
     * Of one table.
     *
     * @param expected records, by the probe of the source
     * @param records dealt with
     * @param compared of those that were copied; as many as {@code records} where nothing is compared
     * @param segmentsDone of all its {@code segments}
     */
    public record OfTable(
            int level, TableName table, long expected, long records, long compared, int segmentsDone, int segments) {
        /** 0 to 1; the expected number is an estimate, so only segments can tell that a table is done. */
        double share() {
            if (isDone()) {
                return 1;
            }
            return expected <= 0 ? 0 : Math.min(0.99, (double) records / expected);
        }

        boolean isDone() {
            return segmentsDone >= segments;
        }

        boolean isBegun() {
            return records > 0 || segmentsDone > 0;
        }
    }
}
