package dev.rekey.engine.analyze;

import dev.rekey.core.identity.Identity;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.Merge;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.ReferenceStatistics.Declared;
import dev.rekey.engine.analyze.ReferenceStatistics.Example;
import dev.rekey.engine.forecast.Forecast;
import dev.rekey.engine.forecast.Forecasting;
import dev.rekey.engine.forecast.GoneCopies;
import dev.rekey.engine.forecast.Load;
import dev.rekey.engine.forecast.Load.LookUps;
import dev.rekey.engine.forecast.Load.Missing;
import dev.rekey.engine.forecast.Load.Removed;
import dev.rekey.engine.join.Matched;
import dev.rekey.engine.join.Matched.Orphan;
import dev.rekey.engine.join.Matched.References;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.NewKeys;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.segment.Cost;
import dev.rekey.engine.segment.SegmentStatistics;
import dev.rekey.engine.segment.SizeHistogram;
import dev.rekey.engine.segment.Tally;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Puts together what was counted of the source, what the join found, and what follows for a migration. */
final class Surveying {
    private static final int EXAMPLES = 5;

    private final RunContext run;
    private final Tally tally;
    private final Map<TableName, SegmentStatistics> statistics;
    private final Map<TableName, SegmentStatistics> candidates;
    private final Matched matched;
    private final Censuses censuses;
    private final FrozenMerges merges;
    private final GoneCopies gone;
    private final Optional<Integer> sampled;
    /** How many ids of a family no record has. */
    private final Map<FamilyName, Long> missing;

    /**
     * @param statistics of the analysis, by table
     * @param candidates what was found before it, by physical table
     */
    Surveying(
            RunContext run,
            Tally tally,
            Map<TableName, SegmentStatistics> statistics,
            Map<TableName, SegmentStatistics> candidates,
            Matched matched,
            FrozenMerges merges,
            GoneCopies gone) {
        this.run = run;
        this.tally = tally;
        this.statistics = statistics;
        this.candidates = candidates;
        this.matched = matched;
        this.merges = merges;
        this.gone = gone;
        this.censuses = new Censuses(run);
        this.sampled = run.manifest().options().sample();
        this.missing = matched.identities().orphans().stream()
                .map(orphan -> new Identity(orphan.family(), orphan.id()))
                .distinct()
                .collect(Collectors.groupingBy(Identity::family, Collectors.counting()));
    }

    /** @param workers that a migration has */
    Survey survey(int workers) {
        return new Survey(
                sampled,
                tables().map(this::census).toList(),
                tables().flatMap(table -> censuses.references(table).stream())
                        .map(this::reference)
                        .toList(),
                new IdsFound(run).undeclared(matched, sampled),
                forecast(workers));
    }

    private java.util.stream.Stream<TableName> tables() {
        return run.manifest().levels().stream().flatMap(List::stream);
    }

    private TableStatistics census(TableName table) {
        return censuses.census(
                table, counts(table), of(table), matched.identities().forms());
    }

    private ReferenceStatistics reference(Declared reference) {
        var found = matched.identities()
                .references()
                .getOrDefault(reference.table() + "." + reference.path(), new References(0, 0, 0));
        var orphans = matched.identities().orphans().stream()
                .filter(orphan -> orphan.table().equals(reference.table())
                        && orphan.path().equals(reference.path()))
                .toList();
        return new ReferenceStatistics(
                reference,
                new ReferenceStatistics.Values(
                        found.values(),
                        found.distinct(),
                        of(reference.table()).empty().getOrDefault(reference.path(), 0L),
                        orphans.stream().mapToLong(Orphan::count).sum(),
                        found.outside()),
                orphans.stream()
                        .limit(EXAMPLES)
                        .map(orphan -> new Example(orphan.id().canonical(), orphan.example()))
                        .toList(),
                sampled);
    }

    private Forecast forecast(int workers) {
        var manifest = run.manifest();
        var levels = IntStream.rangeClosed(1, manifest.levels().size())
                .mapToObj(
                        level -> manifest.units(level).stream().map(this::load).toList())
                .toList();
        return new Forecasting(
                        levels, run.manifest().partitions(), workers, run.plan().limits(), sampled, premise())
                .forecast();
    }

    private String premise() {
        var onlyWhatIsLeft = "Only records that are not yet as the plan says are ";
        var emptyTargets = run.manifest().tables().keySet().stream().anyMatch(TableName::isGone)
                ? "The target tables hold only what is deleted because it is gone."
                : "The target tables are empty.";
        if (!run.plan().changesInPlace()) {
            return emptyTargets;
        }
        return run.plan().copies()
                ? emptyTargets + " " + onlyWhatIsLeft + "changed in place."
                : onlyWhatIsLeft + "written.";
    }

    private Load load(TableName table) {
        return switch (table.part()) {
            case MERGED_AWAY -> markedLoad(table);
            case GONE -> goneLoad(table);
            case WHOLE, CREATED -> wholeLoad(table);
        };
    }

    /** Of the copies that are deleted because their source records are gone. */
    private Load goneLoad(TableName table) {
        var shape = run.manifest().table(table);
        var copies = gone.of(table.named(), shape.target());
        return new Load(
                table,
                shape,
                1,
                copies.count(),
                copies.bytes(),
                copies.statistics(),
                true,
                true,
                run.known().merges(),
                false,
                LookUps.NONE);
    }

    /** Of the records that are merged away, which were read as records of their table. */
    private Load markedLoad(TableName table) {
        var named = load(run.manifest().unit(table.named()));
        var of = of(table.named());
        var units = new EnumMap<Cost, Long>(Cost.class);
        units.put(Cost.SOURCE_SCAN, of.cost(Cost.MERGED_READ));
        units.put(Cost.TABLE_WRITE, of.cost(Cost.MERGED_WRITE));
        units.put(Cost.INDEX_WRITE, of.cost(Cost.MERGED_INDEX_WRITE));
        var shape = run.manifest().table(table);
        var statistics = new SegmentStatistics(SizeHistogram.EMPTY, Map.of(), 0, Map.of(), units);
        double records = Counted.MERGED.in(counts(table.named())) * named.scale();
        return new Load(
                table,
                shape,
                named.scale(),
                records,
                0,
                statistics,
                true,
                true,
                run.known().merges(),
                false,
                LookUps.NONE);
    }

    /** The records that are looked up because others are merged into them, in the tables of a physical table. */
    private LookUps lookUps(TableName unit) {
        double asked = 0;
        double again = 0;
        for (var table : run.known().tables()) {
            if (table.unit().equals(unit) && table.merge().isPresent()) {
                double units = unitsOfRecord(table.name());
                asked += units * merges.asked(table.family()).size();
                again += units * merges.toFind(table.family()).size();
            }
        }
        boolean matched = run.known().tables().stream()
                .anyMatch(table -> table.unit().equals(unit)
                        && (table.creates()
                                || table.merge().flatMap(Merge::matching).isPresent()));
        return new LookUps(matched, lookedForInSource(unit), asked, again, removed(unit), missing(unit));
    }

    /** What references point to in vain is looked for in the target, and where it is copied from. */
    private Missing missing(TableName unit) {
        var looks = Missing.NONE;
        for (var table : run.plan().whole()) {
            var source = run.manifest().table(table.name()).source();
            var self = KeyRoles.self(table, source);
            long ids = missing.getOrDefault(table.family(), 0L);
            if (table.unit().equals(unit) && self.isPresent() && ids > 0) {
                boolean byKey = self.get().equals(source.partitionKey());
                looks = looks.plus(byKey ? new Missing(table.isInPlace() ? ids : 2 * ids, 0) : new Missing(0, 1));
            }
        }
        return looks;
    }

    /** What references point to that are removed where they stand. */
    private Removed removed(TableName unit) {
        var counts = matched.identities().orphans().stream()
                .filter(orphan -> orphan.onOrphan() == OnOrphan.REMOVE_REFERENCE)
                .filter(orphan -> run.manifest().sharing(unit).contains(orphan.table()))
                .filter(orphan -> run.table(orphan.table()).isInPlace())
                .collect(Collectors.groupingBy(
                        orphan -> List.of(orphan.family(), orphan.id()), Collectors.summingLong(Orphan::count)));
        double pages = Math.max(1, of(unit).cost(Cost.PAGES));
        return new Removed(
                counts.values().stream()
                        .mapToDouble(count -> Math.min(count, pages))
                        .sum(),
                counts.size());
    }

    /** Before what is created is decided, each id that something may be created for is looked up, page by page. */
    private double lookedForInSource(TableName unit) {
        return candidates.getOrDefault(unit, SegmentStatistics.NOTHING).cost(Cost.LOOKED_FOR);
    }

    /** Read units of one record, on average. */
    private double unitsOfRecord(TableName table) {
        long read = Counted.READ.in(counts(table));
        return read == 0 ? 1 : (double) of(table).cost(Cost.RECORD_READ) / read;
    }

    /** Of a physical table, whatever tables of the plan share it. */
    private Load wholeLoad(TableName table) {
        var shape = run.manifest().table(table);
        var counts = new EnumMap<Counted, Long>(Counted.class);
        var gathered = SegmentStatistics.NOTHING;
        for (var one : run.manifest().sharing(table)) {
            Counted.add(counts(one), counts);
            gathered = gathered.plus(of(one));
        }
        long read = Counted.READ.in(counts);
        double scale = sampled.isPresent() && read > 0 ? Math.max(1, (double) shape.estimatedRecords() / read) : 1;
        return new Load(
                table,
                shape,
                scale,
                read * scale,
                Counted.TARGET_BYTES.in(counts),
                gathered,
                run.plan().source().consistentRead(),
                !NewKeys.areKnownToNobody(run, table),
                run.known().merges(),
                refersToGone(table),
                lookUps(table));
    }

    private boolean refersToGone(TableName table) {
        var families = run.manifest().tables().keySet().stream()
                .filter(TableName::isGone)
                .map(one -> run.known().table(one.named()).family())
                .collect(Collectors.toSet());
        return !families.isEmpty()
                && !table.isPart()
                && run.manifest().sharing(table).stream()
                        .flatMap(one -> run.known().table(one).references().stream())
                        .anyMatch(reference -> families.contains(reference.family()));
    }

    private Map<Counted, Long> counts(TableName table) {
        return tally.counts(table);
    }

    private SegmentStatistics of(TableName table) {
        return statistics.getOrDefault(table, SegmentStatistics.NOTHING);
    }
}
