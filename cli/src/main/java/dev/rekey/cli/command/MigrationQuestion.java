package dev.rekey.cli.command;

import dev.rekey.aws.invocation.VirtualThreadConcurrency;
import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.text.Numbers;
import dev.rekey.cli.text.Wrapping;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.OnConflict;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.Side;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.document.ProblemText;
import dev.rekey.engine.draft.LeftOutTables;
import dev.rekey.engine.earlier.EarlierRuns;
import dev.rekey.engine.run.FrozenCreated;
import dev.rekey.engine.run.FrozenCreated.Created;
import dev.rekey.engine.run.FrozenGone;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.FrozenMerges.Merged;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.scan.SegmentProbe.Estimate;
import dev.rekey.engine.scan.Sources;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.verify.ListedGone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a migration would do, told before anybody agrees to it. */
final class MigrationQuestion {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final int AT_ONCE = 16;
    private static final int CHANGES_NAMED = 5;

    private final Environment environment;
    private final Deployment deployment;
    private final PlanFile file;
    private final Plan plan;
    private final Scope scope;
    private final List<TablePlan> tables;

    MigrationQuestion(Environment environment, Deployment deployment, PlanFile file, Scope scope) {
        this.environment = environment;
        this.deployment = deployment;
        this.file = file;
        this.plan = file.reading().plan();
        this.scope = scope;
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
        var quoted = QuotedAnalysis.find(Buckets.documents(deployment, environment), file.reading());
        try {
            lines.addAll(data(quoted.filter(one -> one.counts(plan, scope))));
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.DENIED) {
                throw e;
            }
            // The stack's functions have permissions of their own.
            lines.add("Your credentials do not allow reading these tables, so their records are not shown.");
        }
        var limits = Numbers.limits(plan.limits());
        lines.add("Limits: " + (limits.isEmpty() ? "none" : String.join(", ", limits)) + ".");
        lines.addAll(found(quoted));
        return lines;
    }

    /** Tables beside those of the plan, whose references will lead to records that have other ids. */
    Optional<LeftOutTables> leftOut() {
        return new UnplannedTables(environment, deployment).of(plan);
    }

    private List<String> data(Optional<QuotedAnalysis> analysis) {
        var described = DescribedTables.of(deployment, file, "migrate");
        var targets = estimates(
                plan.target(),
                TablePlan::target,
                tables.stream().filter(table -> !table.isInPlace()).toList());
        var work = analysis.map(one -> WorkOfTables.analyzed(one.analysis().tables()))
                .orElseGet(() -> WorkOfTables.estimated(estimates(
                        plan.source(),
                        TablePlan::source,
                        tables.stream().filter(table -> table.file().isEmpty()).toList())));
        var lines = new ArrayList<String>();
        lines.add("In " + places(described) + (analysis.isPresent() ? ", as analyzed:" : ", estimated:"));
        var console = environment.console();
        lines.addAll(work.lines(
                plan,
                tables,
                table -> targets.get(table.target()).records(),
                console.terminal() ? console.screen().get().columns() : Integer.MAX_VALUE));
        var replacing = tables.stream()
                .filter(table -> !table.isInPlace() && table.onConflict() == OnConflict.OVERWRITE)
                .filter(table -> targets.get(table.target()).records() > 0)
                .map(table -> table.target().name())
                .distinct()
                .toList();
        lines.addAll(followers(described));
        if (!replacing.isEmpty()) {
            lines.add("Records of others that have the key of a copy are replaced in " + String.join(", ", replacing)
                    + " (onConflict: overwrite).");
        }
        return lines;
    }

    /** Account and region of all tables that are written or read. */
    private static String places(DescribedTables described) {
        return Stream.concat(described.sources().values().stream(), described.targets().values().stream())
                .flatMap(Optional::stream)
                .filter(shape -> !shape.table().isFiles())
                .map(shape -> "account " + shape.account() + ", " + shape.region())
                .distinct()
                .sorted()
                .collect(Collectors.joining(" and "));
    }

    /** Who else gets what is written: the consumers of streams, and replicas. */
    private List<String> followers(DescribedTables described) {
        var written = tables.stream()
                .map(table -> (table.isInPlace() ? described.sources() : described.targets()).get(table.name()))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        var listened = written.stream().filter(shape -> shape.followers().listen());
        var replicated =
                written.stream().filter(shape -> !shape.followers().regions().isEmpty());
        return Stream.concat(
                        listened
                                .collect(Collectors.groupingBy(
                                        shape -> shape.followers().streams(), TreeMap::new, Collectors.toList()))
                                .entrySet()
                                .stream()
                                .map(one -> "What is written goes to the consumers of " + one.getKey() + " of "
                                        + names(one.getValue()) + "."),
                        replicated
                                .collect(Collectors.groupingBy(
                                        shape -> String.join(
                                                ", ", shape.followers().regions()),
                                        TreeMap::new,
                                        Collectors.toList()))
                                .entrySet()
                                .stream()
                                .map(one -> "What is written to " + names(one.getValue()) + " is replicated to "
                                        + one.getKey() + "."))
                .toList();
    }

    private static String names(List<TableShape> tables) {
        return Wording.list(tables.stream().map(shape -> shape.table().name()).toList());
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

    /** What the newest analysis has found, how old it is, and what has become of the plan since. */
    private List<String> found(Optional<QuotedAnalysis> quoted) {
        if (quoted.isEmpty()) {
            return List.of("Analysis: none of this plan. It would tell what it takes and costs:", analyze());
        }
        var one = quoted.get();
        var analysis = one.analysis();
        var lines = new ArrayList<String>();
        lines.add("Analysis: " + analysis.verdict().word() + ", " + age(one.run()) + " old (run " + one.run() + ").");
        if (!one.isOfThisPlan(plan)) {
            lines.addAll(Wrapping.lines(
                    "",
                    "The plan has changed since" + where(one.changed())
                            + ". Migrate analyzes it again before it writes; to see first what it finds:"));
            lines.add(analyze());
            return lines;
        }
        var forecast = analysis.survey().forecast();
        lines.addAll(Wrapping.lines(
                "",
                "A migration takes about " + Numbers.duration(Duration.ofSeconds(forecast.seconds())) + " and costs "
                        + String.format(Locale.ROOT, "$%.2f", forecast.price().total())
                        + ". It analyzes again before it writes."));
        lines.addAll(ProblemText.folded(analysis.problems()));
        var folder = new RunFolder(one.run());
        var documents = Buckets.documents(deployment, environment);
        lines.addAll(created(FrozenCreated.of(documents, folder, plan)));
        lines.addAll(merged(FrozenMerges.of(documents, folder, plan)));
        return lines;
    }

    /** On a line of its own, to be pasted where this command was typed. */
    private String analyze() {
        var here = environment.directory().normalize();
        var path = file.path().normalize();
        return "  rekey analyze " + (path.startsWith(here) ? here.relativize(path) : path);
    }

    private String age(RunId run) {
        return Numbers.age(Duration.between(run.startedAt(), environment.time().instant()));
    }

    private static String where(List<String> changed) {
        int more = changed.size() - CHANGES_NAMED;
        return changed.isEmpty()
                ? ""
                : " (" + Wording.list(changed.stream().limit(CHANGES_NAMED).toList())
                        + (more > 0 ? " and " + Numbers.count(more) + " more" : "") + ")";
    }

    /** How many records become how many others. */
    private static List<String> merged(FrozenMerges all) {
        var byFamily =
                all.all().stream().collect(Collectors.groupingBy(Merged::family, TreeMap::new, Collectors.toList()));
        var each = byFamily.entrySet().stream()
                .map(one -> Numbers.count(one.getValue().size(), "record") + " of " + one.getKey() + " into "
                        + Numbers.count(one.getValue().stream()
                                .map(Merged::survivor)
                                .distinct()
                                .count()))
                .toList();
        return each.isEmpty() ? List.of() : List.of("It merges " + Wording.list(each) + ".");
    }

    private ListedGone listed() {
        var documents = Buckets.documents(deployment, environment);
        var now = RunId.of(environment.time().instant(), "question");
        return ListedGone.of(documents, EarlierRuns.of(documents, plan.name(), now));
    }

    /** How many copies a run that is to keep what is gone would keep. */
    List<String> kept() {
        var listed = listed();
        var each = listed.keysToKeep(FrozenGone.MOST, this::isCopiedTo).entrySet().stream()
                .map(one -> Numbers.count(one.getValue().size(), "record") + " of " + one.getKey())
                .toList();
        return List.of(
                each.isEmpty()
                        ? "It keeps nothing as gone: no verification of the plan lists any."
                        : "It keeps " + Wording.list(each) + ", which run "
                                + listed.run().orElseThrow()
                                + " listed as gone. No run lists them again, unless one has copied them once more, or this one is rolled back.");
    }

    private boolean isCopiedTo(TableName table, TableShape target) {
        return plan.copied().stream()
                .anyMatch(one -> one.name().equals(table) && one.target().equals(target.table()));
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
