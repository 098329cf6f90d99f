package dev.rekey.engine.proof;

import static dev.rekey.engine.proof.Items.shape;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.TypedJson;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.InMemoryTables;
import dev.rekey.engine.store.Interceptor;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Tables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Several runs of one plan on one world: whole, of one tenant, on copies of the tables, rolled back whole and in parts. An
 * application and whoever keeps the mapping and the plan work between them; the application writes between any two requests of a
 * run as well; runs die, and go on after days. {@link PlainRuns} says what must stand in the tables.
 */
final class SeveralRuns {
    private static final String PLAN = """
            plan: p
            mode: inPlace
            onExisting: keep
            source: { tables: "%s-{table}" }
            families:
              Tenants: { rule: lookup, mapping: { ids: { %s } }, onMissing: removeReference }
            tables:
              clients: { merge: { matchBy: [name], onMatch: merge } }
              jobs: { references: { client: clients, owner: Tenants } %s }
            """;

    /** What the plan sets in a job; it changes between runs. */
    private static final List<Optional<String>> VERSIONS =
            List.of(Optional.of(""), Optional.of(" too"), Optional.empty());

    static final List<String> TENANTS = List.of("t1", "t2");

    private final Site site;
    private final Random random;
    private final PlainRuns plain = new PlainRuns();
    private final List<RunId> runs = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private final InMemoryObjects bucket = new InMemoryObjects();
    private final Interrupted interrupted;
    private final Jobs world;

    private Optional<String> version = VERSIONS.getFirst();
    private RunId start = new RunId("00000000T000000000Z-00000000");
    /** The run that works on the real tables. */
    private Optional<RunId> here = Optional.empty();

    private int starts;

    /** The bucket, as a run on the real tables sees it. */
    @FunctionalInterface
    interface Bucket {
        Objects seenBy(RunId run, Objects bucket);
    }

    SeveralRuns(long seed, Bucket broken) {
        this.random = new Random(seed);
        var tables = new InMemoryTables();
        for (var side : List.of("trial", "src")) {
            tables.createTable(shape(side + "-clients", "id", KeyType.S, Optional.empty()));
            tables.createTable(shape(side + "-jobs", "id", KeyType.S, Optional.empty()));
        }
        this.world = new Jobs(tables, random, plain, this::tell);
        this.interrupted = new Interrupted(random, world::write);
        this.site = new Site(tables)
                .on(new Seen(
                        new MemoryStores(tables, bucket),
                        () -> here.<Objects>map(run -> broken.seenBy(run, bucket))
                                .orElse(bucket)));
        site.onEntered(progress -> {
            if (progress.state() == Progress.State.COMPARE) {
                plain.verify();
            }
        });
        world.fill();
    }

    /** The stores of a site whose bucket may lie. */
    private record Seen(MemoryStores held, Supplier<Objects> bucket) implements Stores {
        @Override
        public Tables tables() {
            return held.tables();
        }

        @Override
        public Objects objects() {
            return bucket.get();
        }

        @Override
        public void intercept(Interceptor interceptor) {
            held.intercept(interceptor);
        }

        @Override
        public String dump() {
            return held.dump();
        }

        @Override
        public SortedMap<String, byte[]> contents(String prefix) {
            return held.contents(prefix);
        }
    }

    /** What happened, step by step, up to the first that left something else than it must; empty if none did. */
    Optional<List<String>> wrong(int steps) {
        for (int i = 0; i < steps; i++) {
            if (!step()) {
                return Optional.of(story);
            }
        }
        return Optional.empty();
    }

    private boolean step() {
        switch (random.nextInt(13)) {
            case 0, 1, 2 -> world.work();
            case 3 -> world.map();
            case 4 -> rehearse();
            case 5, 6 -> {
                return migrate(Optional.of(world.tenant()));
            }
            case 7, 8 -> {
                return migrate(Optional.empty());
            }
            case 9 -> version = VERSIONS.get(random.nextInt(VERSIONS.size()));
            default -> {
                return rollBack();
            }
        }
        return true;
    }

    private void rehearse() {
        tell("rehearsal");
        // Some of its new ids are old ones here.
        var _ = run(
                PLAN.formatted("trial", "t1: t2", ""),
                Action.MIGRATE,
                Optional.empty(),
                Undoing.ALL,
                Scope.ALL,
                false,
                false);
    }

    private boolean migrate(Optional<String> tenant) {
        var scope =
                tenant.map(one -> new Scope(List.of(), Map.of("tenant", one))).orElse(Scope.ALL);
        boolean expected = plain.begin(world.mapping(), tenant, version);
        boolean dies = random.nextInt(3) == 0;
        tell("migrate " + tenant.orElse("all") + (dies ? ", and may die" : ""));
        var plan = plan();
        var ran = run(plan, Action.MIGRATE, Optional.empty(), Undoing.ALL, scope, true, dies);
        for (int i = 0; ran.isEmpty(); i++) {
            var phase = new Ends(bucket).phases().get(start);
            if (phase == null
                    || !bucket.contents()
                            .containsKey(new RunFolder(start).manifest().name())) {
                tell("stop");
                var _ = run(plan, Action.STOP, Optional.of(start), Undoing.ALL, Scope.ALL, false, false);
                return abandoned();
            }
            if (!phase.isUnfinished()) {
                ran = Optional.of(new Ran(
                        phase == Phase.MIGRATED ? Execution.Result.MIGRATED : Execution.Result.REFUSED,
                        Optional.empty()));
                break;
            }
            rest();
            if (expected && random.nextInt(4) == 0) {
                tell("roll back what stopped");
                plain.abandon(world.all());
                var undone = run(plan, Action.ROLLBACK, Optional.of(start), Undoing.ALL, Scope.ALL, false, false);
                return is(
                                undone.orElseThrow().result() == Execution.Result.ROLLED_BACK,
                                "the rollback of what stopped is " + undone)
                        && faultless()
                        && isAsItMustBe();
            }
            tell("resume");
            ran = run(plan, Action.RESUME, Optional.of(start), Undoing.ALL, Scope.ALL, true, i < 2);
        }
        var wanted = expected ? Execution.Result.MIGRATED : Execution.Result.REFUSED;
        if (!is(ran.get().result() == wanted, wanted + " instead of " + ran.get())) {
            return false;
        }
        if (expected) {
            runs.add(start);
            plain.end(world.all(), ran.get().named());
        }
        return faultless() && isAsItMustBe();
    }

    /** Days pass; the application and whoever keeps the mapping go on. */
    private void rest() {
        for (int i = 0; i < 3; i++) {
            site.sleep(Duration.ofHours(1 + random.nextInt(48)));
            switch (random.nextInt(3)) {
                case 0 -> world.map();
                default -> world.write();
            }
        }
    }

    private boolean abandoned() {
        plain.abandon(world.all());
        return faultless() && isAsItMustBe();
    }

    private boolean faultless() {
        return plain.faults().isEmpty() || is(false, plain.faults().toString());
    }

    private String plan() {
        return PLAN.formatted(
                "src",
                world.mapping().entrySet().stream()
                        .map(one -> one.getKey() + ": " + one.getValue())
                        .collect(Collectors.joining(", ")),
                version.map(", set: { of: \"{%% $record.tenant & '%s' %%}\" }"::formatted)
                        .orElse(""));
    }

    /** The newest run, or what is left of it. */
    private boolean rollBack() {
        if (runs.isEmpty()) {
            return true;
        }
        var undoing = switch (random.nextInt(4)) {
            case 0 -> Undoing.ALL;
            case 1 -> new Undoing(Optional.of("jobs"), false, Drift.KEEP, false);
            default -> Undoing.ALL.where(Map.of("tenant", world.tenant()));
        };
        if (!plain.rollBack(
                undoing.table().isPresent(), Optional.ofNullable(undoing.where().get("tenant")))) {
            return true;
        }
        tell("roll back " + undoing.table() + undoing.where());
        var ran = run(plan(), Action.ROLLBACK, Optional.of(runs.getLast()), undoing, Scope.ALL, false, false);
        if (!undoing.leavesTheRest()) {
            runs.removeLast();
        }
        return is(ran.orElseThrow().result() == Execution.Result.ROLLED_BACK, "a rollback ended as " + ran)
                && isAsItMustBe();
    }

    /**
     * How an execution ended.
     *
     * @param named the jobs that its verification named, if it has reported
     */
    private record Ran(Execution.Result result, Optional<Set<String>> named) {}

    /** Empty if the process died. */
    private Optional<Ran> run(
            String plan,
            Action action,
            Optional<RunId> on,
            Undoing undoing,
            Scope scope,
            boolean disturbed,
            boolean dies) {
        site.sleep(Duration.ofMinutes(1));
        var asked = new Execution.Start(plan, action, "e" + starts++, site.now(), on)
                .asking(RunOptions.within(scope))
                .undoing(undoing);
        boolean real = plan.contains("src-");
        if (real) {
            start = asked.run();
        }
        here = Optional.of(asked.run()).filter(_ -> real);
        var execution = new Execution(asked, site);
        site.intercept(interrupted);
        interrupted.begin(disturbed, dies);
        try {
            var result = execution.run();
            execution.refusal().ifPresent(why -> tell(why.toString()));
            execution
                    .report()
                    .ifPresent(report -> tell(result + " " + report.ending().problems()));
            return Optional.of(new Ran(result, execution.report().map(SeveralRuns::named)));
        } catch (Beside.Died _) {
            tell("died");
            plain.died();
            return Optional.empty();
        } finally {
            interrupted.end();
            here = Optional.empty();
        }
    }

    private static Set<String> named(RunReport report) {
        return report.verified().differences().stream()
                .filter(one -> one.table().value().equals("jobs"))
                .map(one -> TypedJson.parse(one.record()).get("id").s())
                .collect(Collectors.toSet());
    }

    private boolean isAsItMustBe() {
        return is(plain.isWhatMustBe(world.all()), "jobs are " + world.all() + " instead of " + plain.jobs());
    }

    private boolean is(boolean right, String otherwise) {
        if (!right) {
            tell(otherwise);
        }
        return right;
    }

    private void tell(String what) {
        story.add(what);
    }
}
