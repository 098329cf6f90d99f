package dev.rekey.cli.command;

import dev.rekey.aws.invocation.VirtualThreadConcurrency;
import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.text.Columns;
import dev.rekey.cli.text.Numbers;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.OnConflict;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.Side;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.document.ProblemText;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.earlier.EarlierRuns;
import dev.rekey.engine.run.FrozenCreated;
import dev.rekey.engine.run.FrozenCreated.Created;
import dev.rekey.engine.run.FrozenGone;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.scan.SegmentProbe.Estimate;
import dev.rekey.engine.scan.Sources;
import dev.rekey.engine.status.RunList;
import dev.rekey.engine.status.RunSummary;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.verify.ListedGone;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a migration would do, told before anybody agrees to it. */
final class MigrationQuestion {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final int AT_ONCE = 16;
    /** Older runs are not searched for an analysis. */
    private static final int RUNS_SEARCHED = 100;

    private final Environment environment;
    private final Deployment deployment;
    private final PlanFile file;
    private final Plan plan;
    private final List<TablePlan> tables;

    MigrationQuestion(Environment environment, Deployment deployment, PlanFile file, Scope scope) {
        this.environment = environment;
        this.deployment = deployment;
        this.file = file;
        this.plan = file.reading().plan();
        this.tables = plan.tables().stream()
                .filter(table -> !table.isRest() && scope.includes(table.name()))
                .toList();
    }

    /**
     * How much is read and written where, and what is known of how it will go.
     *
     * @throws UnfitPlan if the tables do not fit the plan
     * @throws CommandFailure if there are no credentials
     */
    List<String> lines() {
        var lines = new ArrayList<String>();
        try {
            lines.addAll(data());
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.DENIED) {
                throw e;
            }
            // The stack's functions have permissions of their own.
            lines.add("Your credentials do not allow reading these tables, so their records are not shown.");
        }
        var limits = Numbers.limits(plan.limits());
        lines.add("Limits: " + (limits.isEmpty() ? "none" : String.join(", ", limits)) + ".");
        lines.addAll(analysis());
        return lines;
    }

    private List<String> data() {
        var shapes = shapes();
        var sources = estimates(
                plan.source(),
                TablePlan::source,
                tables.stream().filter(table -> table.file().isEmpty()).toList());
        var targets = estimates(
                plan.target(),
                TablePlan::target,
                tables.stream().filter(table -> !table.isInPlace()).toList());
        var columns = new Columns("table", "records", "bytes", "target holds");
        var targetNames = new ArrayList<>(List.of("written to"));
        // Several tables of the plan may share a physical table.
        var counted = new TreeSet<PhysicalTable>();
        for (var table : tables) {
            boolean first = counted.add(table.source());
            var from = Optional.ofNullable(sources.get(table.source()));
            columns.row(
                    table.name().value(),
                    first ? of(from, Estimate::records) : "",
                    first ? of(from, Estimate::bytes) : "",
                    table.isInPlace() || !first
                            ? ""
                            : Numbers.count(targets.get(table.target()).records()));
            targetNames.add(table.target().name());
        }
        var lines = new ArrayList<String>();
        lines.add("In " + places(shapes) + ", estimated:");
        lines.addAll(
                columns.beside(targetNames, environment.console().screen().get().columns()));
        var replacing = tables.stream()
                .filter(table -> !table.isInPlace() && table.onConflict() == OnConflict.OVERWRITE)
                .filter(table -> targets.get(table.target()).records() > 0)
                .map(table -> table.target().name())
                .distinct()
                .toList();
        if (!replacing.isEmpty()) {
            lines.add("Records of others that have the key of a copy are replaced in " + String.join(", ", replacing)
                    + " (onConflict: overwrite).");
        }
        return lines;
    }

    /** Nobody has looked at files before they are uploaded and analyzed. */
    private static String of(Optional<Estimate> source, ToLongFunction<Estimate> figure) {
        return source.map(estimate -> Numbers.count(figure.applyAsLong(estimate)))
                .orElse("files");
    }

    /** Account and region of all tables that are written or read. */
    private static String places(List<TableShape> shapes) {
        return shapes.stream()
                .map(shape -> "account " + shape.account() + ", " + shape.region())
                .distinct()
                .sorted()
                .collect(Collectors.joining(" and "));
    }

    private List<TableShape> shapes() {
        var described = DescribedTables.of(deployment, file, "migrate");
        return Stream.concat(described.sources().values().stream(), described.targets().values().stream())
                .flatMap(Optional::stream)
                .filter(shape -> !shape.table().isFiles())
                .toList();
    }

    private Map<PhysicalTable, Estimate> estimates(
            Side side, Function<TablePlan, PhysicalTable> physical, List<TablePlan> of) {
        var concurrency = new VirtualThreadConcurrency();
        var distinct = of.stream().map(physical).distinct().toList();
        if (distinct.isEmpty()) {
            return Map.of();
        }
        var source = new Sources(deployment::tables, this::backoff, concurrency).of(side);
        var found = concurrency.all(
                distinct.stream()
                        .<Supplier<Estimate>>map(table -> () -> source.divide(table))
                        .toList(),
                AT_ONCE);
        var estimates = new LinkedHashMap<PhysicalTable, Estimate>();
        for (int i = 0; i < found.size(); i++) {
            estimates.put(distinct.get(i), found.get(i));
        }
        return estimates;
    }

    private Backoff backoff() {
        var time = environment.time();
        return new Backoff(time, environment.random(), time.instant().plus(LONGEST_WAIT));
    }

    /** What the newest analysis of just this plan has found. */
    private List<String> analysis() {
        var documents = Buckets.documents(deployment, environment);
        for (var run : ofThisPlan(documents)) {
            var found = documents
                    .find(new RunFolder(run).report(Analysis.NAME), Analysis.class)
                    .map(Documents.Versioned::value)
                    .filter(one -> one.subject().fingerprint().equals(plan.fingerprint()));
            if (found.isPresent()) {
                var lines = analysis(run, found.get());
                lines.addAll(created(FrozenCreated.of(documents, new RunFolder(run), plan)));
                return lines;
            }
        }
        return List.of("Analysis: none of this plan. It would tell what it takes and costs: rekey analyze "
                + file.path().getFileName());
    }

    /** Newest first. A manifest names its plan in a fraction of what an analysis holds. */
    private List<RunId> ofThisPlan(Documents documents) {
        return new RunList(documents)
                .newest(RUNS_SEARCHED).reversed().stream()
                        .filter(run -> run.manifest()
                                .filter(manifest -> manifest.fingerprint().equals(plan.fingerprint()))
                                .isPresent())
                        .map(RunSummary::id)
                        .toList();
    }

    private List<String> analysis(RunId run, Analysis analysis) {
        var forecast = analysis.survey().forecast();
        var lines = new ArrayList<String>();
        lines.add("Analysis: " + analysis.verdict().word() + ", found at "
                + run.startedAt().truncatedTo(ChronoUnit.SECONDS)
                + " (run " + run + "). A migration takes about "
                + Numbers.duration(Duration.ofSeconds(forecast.seconds())) + " and costs "
                + String.format(Locale.ROOT, "$%.2f", forecast.price().total())
                + ".");
        var problems = analysis.problems();
        lines.addAll(ProblemText.folded(problems));
        return lines;
    }

    private ListedGone listed() {
        var documents = Buckets.documents(deployment, environment);
        var now = RunId.of(environment.time().instant(), "question");
        return ListedGone.of(documents, EarlierRuns.of(documents, plan.name(), now));
    }

    /** How many copies a run that is to keep what is gone would keep. */
    List<String> kept() {
        var listed = listed();
        var each = listed.keysToKeep(FrozenGone.MOST).entrySet().stream()
                .map(one -> Numbers.count(one.getValue().size(), "record") + " of " + one.getKey())
                .toList();
        return List.of(
                each.isEmpty()
                        ? "It keeps nothing as gone: no verification of the plan lists any."
                        : "It keeps " + Wording.list(each) + ", which run "
                                + listed.run().orElseThrow()
                                + " listed as gone. No run lists them again, unless one has copied them once more, or this one is rolled back.");
    }

    /** How many copies a run that is to delete what is gone would delete. */
    List<String> gone() {
        var listed = listed();
        var each = listed.counts().entrySet().stream()
                .map(one -> Numbers.count(one.getValue(), "record") + " of " + one.getKey())
                .toList();
        long all = listed.counts().values().stream().mapToLong(Long::longValue).sum();
        return List.of(
                each.isEmpty()
                        ? "It deletes nothing as gone: "
                                + listed.run()
                                        .map(run ->
                                                "the newest verification of run " + run + " lists no record as gone.")
                                        .orElse("no run of this plan has been verified.")
                        : "It deletes " + Wording.list(each) + ", which run "
                                + listed.run().orElseThrow()
                                + " listed as gone, unless they have changed or come back since. A rollback restores them."
                                + (all > FrozenGone.MOST
                                        ? " One run deletes at most " + Numbers.count(FrozenGone.MOST)
                                                + " of them: run the plan again for the others."
                                        : ""));
    }

    /** How many records are created for references to them. */
    private static List<String> created(FrozenCreated all) {
        var byTable =
                all.all().stream().collect(Collectors.groupingBy(Created::table, TreeMap::new, Collectors.counting()));
        var each = byTable.entrySet().stream()
                .map(one -> Numbers.count(one.getValue(), "record") + " of " + one.getKey())
                .toList();
        return each.isEmpty() ? List.of() : List.of("It creates " + Wording.list(each) + ", to which others refer.");
    }
}
