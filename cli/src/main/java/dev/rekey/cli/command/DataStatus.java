package dev.rekey.cli.command;

import dev.rekey.aws.invocation.VirtualThreadConcurrency;
import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.cli.text.Numbers;
import dev.rekey.core.identity.Families;
import dev.rekey.core.identity.Mapping;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.mapping.InPlaceMapping;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.mapping.Orphans;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.mapping.Taken;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.Where;
import dev.rekey.engine.analyze.PlanStatus;
import dev.rekey.engine.analyze.TableStatus;
import dev.rekey.engine.earlier.EarlierRuns;
import dev.rekey.engine.join.EarlierWrites;
import dev.rekey.engine.join.ReferredValues;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.FrozenOrphans;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.scan.Sources;
import dev.rekey.engine.segment.ActiveWorkers;
import dev.rekey.engine.segment.Pacing;
import dev.rekey.engine.status.RunList;
import dev.rekey.engine.status.RunSummary;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Invocation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the tables of a plan that changes them in place, and says how far they are. */
final class DataStatus {
    private static final String VERB = "show the status of";
    /** For one page that DynamoDB does not give. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private static final Duration LONGEST_READING = Duration.ofDays(7);

    private final Environment environment;
    private final Deployment deployment;
    private final PlanFile file;
    private final Plan plan;

    DataStatus(Environment environment, Deployment deployment, PlanFile file) {
        this.environment = environment;
        this.deployment = deployment;
        this.file = file;
        this.plan = file.reading().plan();
    }

    /**
     * What there is to show.
     *
     * @param tables those that are changed in place
     * @param runs migrations of the plan, oldest first
     */
    record Found(Plan plan, Optional<String> by, SortedMap<TableName, TableStatus> tables, List<RunSummary> runs) {}

    /** @throws CommandFailure if the plan changes no table in place, or records cannot be counted by {@code by} */
    Found read(Optional<String> by) {
        if (!plan.changesInPlace()) {
            throw CommandFailure.usage(
                    "Cannot show the status of plan %s from its data: it copies records, and a copy is compared with the run that made it. Nothing was read. Use: rekey status --run RUN, or rekey verify --run RUN."
                            .formatted(plan.name().value()));
        }
        var sources = DescribedTables.of(deployment, file, VERB).sources();
        var runs = runs();
        var shapes = present(sources);
        var here = here(runs, shapes);
        var families = Families.of(plan, shapes, mappings()).merged(merges(here).survivors());
        var tables = readable(shapes, families, here);
        environment.console().err().println("Reading every record of " + Numbers.count(tables.size(), "table") + ".");
        environment.console().err().flush();
        try {
            return new Found(plan, by, status(shapes, families, tables).count(tables, by), runs);
        } catch (PlanStatus.TooManyValues e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Usage",
                    "Cannot show the status of plan %s by %s: the attribute has more than %s values. Nothing was changed. Choose an attribute with fewer values, or omit --by."
                            .formatted(plan.name().value(), by.orElseThrow(), Numbers.count(PlanStatus.MOST_VALUES)),
                    e);
        }
    }

    private static Map<TableName, TableShape> present(Map<TableName, Optional<TableShape>> shapes) {
        var present = new HashMap<TableName, TableShape>();
        shapes.forEach((name, shape) -> present.put(name, shape.orElseThrow()));
        return present;
    }

    private List<RunSummary> runs() {
        return new RunList(Buckets.documents(deployment, environment))
                .all().stream()
                        .filter(run -> run.manifest()
                                .filter(manifest -> manifest.plan().equals(plan.name()))
                                .isPresent())
                        .filter(run -> run.action().equals(Action.MIGRATE.word()))
                        .toList();
    }

    /** Those of these tables: what a rehearsal on others decided says nothing of them. */
    private List<RunSummary> here(List<RunSummary> runs, Map<TableName, TableShape> sources) {
        var ids = runs.stream().map(RunSummary::id).toList();
        var here = EarlierRuns.thatRead(sources, Buckets.documents(deployment, environment), ids);
        return runs.stream().filter(run -> here.contains(run.id())).toList();
    }

    private Map<TableName, PlanStatus.TableToRead> readable(
            Map<TableName, TableShape> shapes, Families families, List<RunSummary> runs) {
        var orphans = orphans(runs);
        var now = environment.time().instant();
        var documents = Buckets.documents(deployment, environment);
        var earlier = EarlierRuns.of(documents, plan.name(), RunId.of(now, VERB));
        var readable = new HashMap<TableName, PlanStatus.TableToRead>();
        for (var table : plan.tables()) {
            if (table.isInPlace() && !table.isRest()) {
                var shape = shapes.get(table.name());
                var writes = new EarlierWrites(documents, earlier, table.name(), shape);
                BiFunction<TablePlan, Taken, InPlaceMapping> mapping = (rules, taken) -> new InPlaceMapping(
                        rules, shape, new Where.Everything(), families, orphans, taken, now, writes::wroteValue);
                readable.put(
                        table.name(),
                        new PlanStatus.TableToRead(
                                shape,
                                taken -> mapping.apply(table, taken),
                                mapping.apply(table.withoutTaken(), Taken.UNKNOWN)::becoming));
            }
        }
        return readable;
    }

    private Map<FamilyName, Mapping> mappings() {
        var reading = new IdMapping(environment, new Reach.Open(deployment), VERB);
        var mappings = new HashMap<FamilyName, Mapping>();
        plan.declared().families().forEach(family -> mappings.put(family.name(), reading.read(file, family.name())));
        return mappings;
    }

    /** References without a record are found by reading the whole source: the newest run that did so knows them. */
    private Orphans orphans(List<RunSummary> runs) {
        var documents = Buckets.documents(deployment, environment);
        return runs.reversed().stream()
                .map(run -> new RunFolder(run.id()))
                .filter(folder -> documents.bytes(folder.orphans()).isPresent())
                .findFirst()
                .<Orphans>map(folder -> FrozenOrphans.load(documents, folder))
                .orElse(Orphans.NONE);
    }

    /** Which records are merged is decided when a run begins: of the runs that may have written, the newest counts. */
    private FrozenMerges merges(List<RunSummary> runs) {
        var documents = Buckets.documents(deployment, environment);
        return runs.reversed().stream()
                .filter(RunSummary::mayHaveWritten)
                .flatMap(run -> FrozenMerges.find(documents, new RunFolder(run.id())).stream())
                .findFirst()
                .orElse(FrozenMerges.NONE);
    }

    private PlanStatus status(
            Map<TableName, TableShape> shapes, Families families, Map<TableName, PlanStatus.TableToRead> readable) {
        var concurrency = new VirtualThreadConcurrency();
        var now = environment.time().instant();
        var invocation = new Invocation(
                "status", now.plus(LONGEST_READING), environment.time(), concurrency, environment.random());
        var pacing = new Pacing(
                invocation,
                ActiveWorkers.alone(
                        Buckets.documents(deployment, environment), new RunFolder(RunId.of(now, invocation.owner()))));
        var source = new Sources(deployment::tables, this::backoff, concurrency)
                // Of copies nothing is read; files are copied only.
                .of(plan.changesInPlace() ? plan.source() : plan.target(), pacing, Map::of);
        var referring = new ReferredValues.Referring(
                plan,
                shapes::get,
                families::survivor,
                name -> copied(plan.table(name), shapes.get(name), families, now),
                name -> becoming(name, shapes, families, readable, now));
        return new PlanStatus(
                source, concurrency, () -> pacing.within(plan.limits()), () -> new ReferredValues(referring, source));
    }

    /** What a record will be that others take values of. */
    private Function<Map<String, AttributeValue>, MappingOutcome> becoming(
            TableName name,
            Map<TableName, TableShape> shapes,
            Families families,
            Map<TableName, PlanStatus.TableToRead> readable,
            Instant now) {
        var changed = Optional.ofNullable(readable.get(name)).map(PlanStatus.TableToRead::becoming);
        return changed.orElseGet(() -> copied(plan.table(name).withoutTaken(), shapes.get(name), families, now)::map);
    }

    private static RecordMapping copied(TablePlan table, TableShape shape, Families families, Instant now) {
        return RecordMapping.of(table, shape, shape, families, Orphans.NONE, Taken.UNKNOWN, now);
    }

    private Backoff backoff() {
        var time = environment.time();
        return new Backoff(time, environment.random(), time.instant().plus(LONGEST_WAIT));
    }
}
