package dev.rekey.engine.forecast;

import dev.rekey.core.plan.Limits;
import dev.rekey.engine.forecast.Forecast.OfTable;
import dev.rekey.engine.forecast.Stretch.Bound;
import dev.rekey.engine.segment.Cost;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/** Reckons what {@code migrate} takes: validation, then copy and verification of each level. */
public final class Forecasting {
    /** States, invocations and requests of preparing, judging, reporting, whatever the data. */
    private static final Effort FRAME = new Effort(30, 30, 8, 4, 6, 5);
    /** The same for each level: judging it, its entries in the ledger, and the choices between. */
    private static final Effort LEVEL = new Effort(10, 10, 2, 1, 1, 1);
    /** Each table is described, probed and locked, and its lock given back. */
    private static final Effort TABLE = new Effort(2, 2, 0, 0, 0, 0);
    /** Manifest, plan and orphans; and the files, if the source is files. */
    private static final double RUN_OBJECTS = 3;

    private final List<List<Load>> levels;
    private final int partitions;
    private final int workers;
    private final Limits limits;
    private final Optional<Integer> sampled;
    private final String premise;

    /**
     * @param levels the tables of each level, level 1 first
     * @param partitions of the joins
     * @param workers at most so many functions work at once
     * @param premise what is assumed of the tables that are written
     */
    public Forecasting(
            List<List<Load>> levels,
            int partitions,
            int workers,
            Limits limits,
            Optional<Integer> sampled,
            String premise) {
        this.levels = levels;
        this.partitions = partitions;
        this.workers = workers;
        this.limits = limits;
        this.sampled = sampled;
        this.premise = premise;
    }

    public Forecast forecast() {
        var all = levels.stream().flatMap(List::stream).toList();
        var phases = phases(all);
        var effort = FRAME;
        for (var _ : levels) {
            effort = effort.plus(LEVEL);
        }
        for (var _ : all) {
            effort = effort.plus(TABLE);
        }
        var bounds = new EnumMap<Bound, Double>(Bound.class);
        bounds.put(Bound.STEPS, effort.seconds());
        var ofSegments = beginning(phases);
        for (var phase : phases) {
            if (phase.atSegments().isPresent()) {
                ofSegments = ofSegments.plus(phase.effort());
            } else {
                effort = effort.plus(phase.effort());
            }
            bounds.merge(phase.bound(), phase.effort().seconds(), Double::sum);
        }
        effort = effort.plus(ofSegments);
        double reads = all.stream().mapToDouble(this::readUnits).sum();
        double writes = all.stream().mapToDouble(Load::writeUnits).sum();
        double replicated = all.stream().mapToDouble(Load::replicaWriteUnits).sum();
        var longest = bounds.entrySet().stream()
                .max(Comparator.comparingDouble(bound -> bound.getValue()))
                .orElseThrow();
        return new Forecast(
                all.stream().map(this::table).toList(),
                new Forecast.Consumption(
                        Math.round(reads),
                        Math.round(all.stream()
                                .mapToDouble(load -> load.unitsBesideSegments(levels.size()))
                                .sum()),
                        Math.round(writes),
                        Optional.of(Math.round(replicated)).filter(units -> units > 0),
                        Math.round(effort.objectWrites()),
                        Math.round(effort.objectReads()),
                        Math.round(effort.transitions()),
                        Math.round(effort.invocations()),
                        Math.round(effort.functionSeconds()),
                        new Forecast.OfSegments(
                                Math.round(ofSegments.objectWrites()),
                                Math.round(ofSegments.objectReads()),
                                Math.round(ofSegments.invocations()))),
                Math.round(effort.seconds()),
                longest.getKey().words(limits),
                Prices.LISTED.of(reads, writes + replicated, effort),
                assumptions(),
                sampled);
    }

    private List<Stretch> phases(List<Load> all) {
        var phases = new ArrayList<Stretch>();
        var matched = all.stream().filter(Load::isMatched).toList();
        if (!matched.isEmpty()) {
            phases.add(phase(Work.MERGE, matched));
        }
        phases.add(phase(Work.ANALYZE, all.stream().filter(Load::isAnalyzed).toList()));
        phases.add(Stretch.matching(
                partitions, all.stream().mapToDouble(Load::readings).sum(), workers));
        double earlier = 0;
        for (var level : levels) {
            phases.add(phase(Work.COPY, level));
            phases.add(phase(Work.VERIFY, level));
            double own = level.stream()
                    .mapToDouble(load -> load.readings() + load.targetReadings())
                    .sum();
            phases.add(Stretch.matching(partitions, own + earlier, workers));
            earlier += level.stream().mapToDouble(Load::targetReadings).sum();
        }
        return phases;
    }

    /** What functions read of the run when they begin: they keep it, and go on with the next level. */
    private Effort beginning(List<Stretch> phases) {
        var functions = new EnumMap<Work, Double>(Work.class);
        phases.stream()
                .flatMap(phase -> phase.atSegments().stream())
                .forEach(one -> functions.merge(one.work(), one.workers(), Math::max));
        double begun = functions.values().stream().mapToDouble(count -> count).sum();
        boolean files = levels.stream().flatMap(List::stream).anyMatch(load -> load.fileReads() > 0);
        return new Effort(0, (RUN_OBJECTS + (files ? 1 : 0)) * begun, 0, 0, 0, 0);
    }

    private double readUnits(Load load) {
        return load.readUnits(levels.size());
    }

    private Stretch phase(Work work, List<Load> loads) {
        return Stretch.of(work, loads, partitions, workers, limits);
    }

    private OfTable table(Load load) {
        return new OfTable(
                load.table(),
                Math.round(readUnits(load)),
                Math.round(load.cost(Cost.TABLE_WRITE)),
                Math.round(load.cost(Cost.INDEX_WRITE)),
                sampled);
    }

    private String speed() {
        var all = levels.stream().flatMap(List::stream).toList();
        if (all.stream().noneMatch(Load::onCondition)) {
            return "One worker writes 1,500 records";
        }
        return all.stream().allMatch(Load::onCondition)
                ? "One worker writes 1,000 records, each on condition,"
                : "One worker writes 1,500 records, or 1,000 on condition,";
    }

    private String capacity() {
        return levels.stream().flatMap(List::stream).allMatch(Load::isCapacityKnown)
                ? "Tables and indexes bear what they did when the run began, and other traffic takes none of it."
                : "Tables are new on-demand tables: each allows 4,000 write units and 12,000 read units per second.";
    }

    private List<String> assumptions() {
        var assumptions = new ArrayList<>(List.of(
                premise,
                capacity(),
                speed() + " per second; up to " + workers + " work at once.",
                "There are no failures and no retries."));
        sampled.ifPresent(records ->
                assumptions.add("The tables hold the estimated number of records, and all records are like the "
                        + records + " that were read of each."));
        return List.copyOf(assumptions);
    }
}
