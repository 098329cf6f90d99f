package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.Fingerprint;
import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.TableName;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is frozen when a run is prepared.
 *
 * @param format 1
 * @param origin what was started
 * @param levels the tables of each level, level 1 first
 * @param tables that the run works on
 * @param beside tables of the plan in which the run only looks up records: those outside of its scope
 * @param partitions number of parts that joins are split into, at least 1
 * @param earlier runs of the plan that had migrated by then and were not rolled back, newest first
 */
public record Manifest(
        int format,
        Origin origin,
        List<List<TableName>> levels,
        Map<TableName, TableOfRun> tables,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<TableName, Shapes> beside,
        int partitions,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RunId> earlier) {
    public Manifest {
        // Where there are none, none are written.
        beside = beside == null ? Map.of() : Map.copyOf(beside);
        earlier = earlier == null ? List.of() : List.copyOf(earlier);
    }

    /** A table on both sides. */
    public record Shapes(TableShape source, TableShape target) {}

    /**
     * What was started.
     *
     * @param execution ARN of the execution that is this run
     * @param options what was asked for beside the plan
     * @param caller who started it; empty if unknown
     */
    public record Origin(
            RunId run,
            String action,
            String execution,
            Instant startedAt,
            PlanName plan,
            Fingerprint fingerprint,
            RunOptions options,
            Optional<Caller> caller) {}

    public RunId run() {
        return origin.run();
    }

    public String action() {
        return origin.action();
    }

    /** Whether the run writes to its target tables, and locks them. */
    public boolean mayWrite() {
        return Action.of(action())
                .filter(action -> action == Action.TEST || action == Action.MIGRATE)
                .isPresent();
    }

    public Instant startedAt() {
        return origin.startedAt();
    }

    public PlanName plan() {
        return origin.plan();
    }

    public Fingerprint fingerprint() {
        return origin.fingerprint();
    }

    public RunOptions options() {
        return origin.options();
    }

    /**
     * One table of the run.
     *
     * @param sourceSegments that the source is copied, compared and rolled back in
     * @param targetSegments that the target is compared in
     * @param unit the table whose segments, checkpoints and log hold the records of this one, if several tables of the
     *     plan share a physical table; empty for that table itself, and for one that shares nothing
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record TableOfRun(
            int level,
            TableShape source,
            TableShape target,
            Segments sourceSegments,
            Segments targetSegments,
            Probe probe,
            Optional<TableName> unit) {
        /** A table that shares no physical table. */
        public TableOfRun(
                int level,
                TableShape source,
                TableShape target,
                Segments sourceSegments,
                Segments targetSegments,
                Probe probe) {
            this(level, source, target, sourceSegments, targetSegments, probe, Optional.empty());
        }

        /** How many records a page has at most, source and target; 0 if sizes are unknown. */
        public int pageRecords() {
            return probe.pageRecords();
        }

        public TableOfRun divided(List<Range> ranges, List<Range> targetRanges) {
            return new TableOfRun(
                    level,
                    source,
                    target,
                    new Segments(sourceSegments.scans(), ranges),
                    new Segments(targetSegments.scans(), targetRanges),
                    probe,
                    unit);
        }

        /** Number of segments that the source is copied in, compared and rolled back. */
        public int allSegments() {
            return sourceSegments.all();
        }

        public boolean targetWasEmpty() {
            return probe.targetWasEmpty();
        }

        /** What the look showed; of a physical table that is shared, everything is expected of its unit. */
        public long estimatedRecords() {
            return unit.isEmpty() ? probe.estimatedRecords() : 0;
        }
    }

    /**
     * How one side of a table is divided.
     *
     * @param scans number of segments that it is scanned in
     * @param ranges parts that have segments of their own, after those of the scan; known once the data was read, and
     *     only for a migration
     */
    public record Segments(
            int scans,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Range> ranges) {
        public Segments {
            // Where there are none, none are written.
            ranges = ranges == null ? List.of() : List.copyOf(ranges);
        }

        /** A side whose records are not read yet. */
        public Segments(int scans) {
            this(scans, List.of());
        }

        /** Number of segments: those of the scan, then the ranges. */
        public int all() {
            return scans + ranges.size();
        }
    }

    /**
     * What a look at both sides of a table showed when the run was prepared.
     *
     * @param targetWasEmpty whether the target held nothing
     * @param estimatedRecords of the source; exact for tables of one page
     * @param estimatedBytes likewise
     */
    public record Probe(boolean targetWasEmpty, long estimatedRecords, long estimatedBytes) {
        private static final long PAGE_BYTES = 1 << 20;
        private static final int FEWEST_PAGE_RECORDS = 1_500;
        /** No page of 1 MB has so many records. */
        private static final int MOST_PAGE_RECORDS = 1 << 20;

        /**
         * How many records a page of such a table has at most: half again as many as 1 MB of records of the average
         * size, and not so few that pages are small where most records are, so that it hardly ever says less than
         * DynamoDB's 1 MB does. DynamoDB Local reads all that is left of a segment for every page without such a limit,
         * and stops answering where that is much. 0 if sizes are unknown.
         */
        public int pageRecords() {
            return estimatedBytes == 0
                    ? 0
                    : Math.clamp(
                            (long) (1.5 * PAGE_BYTES * estimatedRecords / estimatedBytes),
                            FEWEST_PAGE_RECORDS,
                            MOST_PAGE_RECORDS);
        }
    }

    /** Physical names of the tables that the run works on, by the names that the plan has for them. */
    public SortedMap<TableName, Decision.Route> routes() {
        var routes = new TreeMap<TableName, Decision.Route>();
        tables.keySet().forEach(name -> routes.put(name.named(), route(name)));
        return routes;
    }

    public Decision.Route route(TableName name) {
        var table = table(name);
        return new Decision.Route(table.source().table(), table.target().table());
    }

    /** The same run with other tables of the same names. */
    public Manifest with(Map<TableName, TableOfRun> others) {
        return new Manifest(format, origin, levels, others, beside, partitions, earlier);
    }

    /** The tables that the plan names, in order. */
    public SortedSet<TableName> named() {
        var named = new TreeSet<>(tables.keySet());
        named.removeIf(TableName::isPart);
        return named;
    }

    /** The table that the plan calls {@code name}. */
    public TableOfRun table(TableName name) {
        var table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException("run " + run() + " has no table " + name);
        }
        return table;
    }

    /** The table that the plan calls {@code name}, whether the run works on it or looks up records in it. */
    public Shapes shapes(TableName name) {
        var table = tables.get(name);
        return table == null ? beside.get(name) : new Shapes(table.source(), table.target());
    }

    /** Names of the tables that the run works on or looks up records in. */
    public Set<TableName> known() {
        var all = new HashSet<>(tables.keySet());
        all.addAll(beside.keySet());
        return all;
    }

    /** The table whose segments, checkpoints and log hold the records of {@code name}: itself, unless it shares one. */
    public TableName unit(TableName name) {
        return table(name).unit().orElse(name);
    }

    /** The tables that have segments, checkpoints and a log of their own: one for each physical table. */
    public Set<TableName> units() {
        return tables.keySet().stream().filter(this::isUnit).collect(Collectors.toSet());
    }

    /** Those of level {@code number}. */
    public List<TableName> units(int number) {
        return level(number).stream().filter(this::isUnit).toList();
    }

    private boolean isUnit(TableName name) {
        return table(name).unit().isEmpty();
    }

    /** The level that a rollback ends with: what the run has created comes after all levels. */
    public int lowestUndone() {
        return tables.keySet().stream().anyMatch(TableName::isCreated) ? WorkLists.CREATED : 1;
    }

    /** In how many segments {@code unit} is read for records which may be merged. */
    public int mergeSegments(TableName unit) {
        // How large a table beside the run's scope is, is not known.
        return tables.containsKey(unit) ? table(unit).sourceSegments().scans() : 1;
    }

    /** In how many segments {@code unit} is read for references; where it is changed in place, as it was before the run. */
    public int referringSegments(TableName unit) {
        var shapes = shapes(unit);
        return !tables.containsKey(unit) || shapes.source().isSameTableAs(shapes.target())
                ? mergeSegments(unit)
                : table(unit).targetSegments().scans();
    }

    /** The tables whose records are in the segments of {@code unit}, in order of name; itself among them. */
    public List<TableName> sharing(TableName unit) {
        return tables.keySet().stream()
                .filter(name -> unit(name).equals(unit))
                .sorted()
                .toList();
    }

    /** Names of the tables of level {@code number}, counted from 1. */
    public List<TableName> level(int number) {
        return levels.get(number - 1);
    }
}
