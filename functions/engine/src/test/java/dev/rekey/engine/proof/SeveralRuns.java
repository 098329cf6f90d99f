package dev.rekey.engine.proof;

import static dev.rekey.engine.proof.Items.item;
import static dev.rekey.engine.proof.Items.load;
import static dev.rekey.engine.proof.Items.shape;
import static dev.rekey.engine.proof.Items.text;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Drift;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Several runs of one plan on one world: whole, of one tenant, on copies of the tables, rolled back whole and in parts, while an
 * application and whoever keeps the mapping work between them. {@link PlainRuns} says what must stand in the tables.
 */
final class SeveralRuns {
    private static final String PLAN = """
            plan: p
            mode: inPlace
            source: { tables: "%s-{table}" }
            families:
              Tenants: { rule: lookup, mapping: { ids: { %s } }, onMissing: removeReference }
            tables:
              clients: { merge: { matchBy: [name], onMatch: merge } }
              jobs: { references: { client: clients, owner: Tenants }, set: { of: "{%% $record.tenant %%}" } }
            """;

    static final List<String> TENANTS = List.of("t1", "t2");
    private static final int CLIENTS = 3;
    private static final int JOBS = 3;

    private final InMemoryTables tables = new InMemoryTables();
    private final Site site;
    private final Random random;
    private final PlainRuns plain = new PlainRuns();
    private final List<RunId> runs = new ArrayList<>();
    private final SortedMap<String, String> mapping = new TreeMap<>();
    private final List<String> story = new ArrayList<>();
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
        for (var side : List.of("trial", "src")) {
            tables.createTable(shape(side + "-clients", "id", KeyType.S, Optional.empty()));
            tables.createTable(shape(side + "-jobs", "id", KeyType.S, Optional.empty()));
        }
        var bucket = new InMemoryObjects();
        this.site = new Site(tables)
                .on(new Seen(
                        new MemoryStores(tables, bucket),
                        () -> here.<Objects>map(run -> broken.seenBy(run, bucket))
                                .orElse(bucket)));
        for (var tenant : TENANTS) {
            for (int i = 0; i < CLIENTS; i++) {
                client(tenant + "c" + i, tenant);
                load(tables, "trial-clients", item("id", text(tenant + "c" + i), "name", text(tenant)));
            }
            for (int i = 0; i < JOBS; i++) {
                job(tenant + "j" + i, tenant);
                load(
                        tables,
                        "trial-jobs",
                        item("id", text(tenant + "j" + i), "client", text(tenant + "c" + i), "owner", text(tenant)));
            }
            mapping.put(tenant, "o" + tenant);
        }
        // A plan whose references hold nothing is refused.
        mapping.put("nobody", "none");
        client("nobody", "t0");
        job(new TreeMap<>(Map.of("id", "nobody", "tenant", "t0", "client", "nobody", "owner", "nobody")));
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
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> work();
            case 3 -> map();
            case 4 -> rehearse();
            case 5, 6 -> {
                return migrate(Optional.of(tenant()));
            }
            case 7, 8 -> {
                return migrate(Optional.empty());
            }
            default -> {
                return rollBack();
            }
        }
        return true;
    }

    private String tenant() {
        return TENANTS.get(random.nextInt(TENANTS.size()));
    }

    /** The application's: renames a client, and gives a job another client and another owner. */
    private void work() {
        var tenant = tenant();
        switch (random.nextInt(2)) {
            case 0 -> client(tenant + "c" + random.nextInt(CLIENTS), tenant);
            default -> job(tenant + "j" + random.nextInt(JOBS), tenant);
        }
    }

    private void client(String id, String tenant) {
        var name = tenant + "-" + List.of("anna", "bert").get(random.nextInt(2));
        tell("client " + id + " is " + name);
        plain.name(id, name);
        load(tables, "src-clients", item("id", text(id), "name", text(name)));
    }

    private void job(String id, String tenant) {
        var job = new TreeMap<>(Map.of("id", id, "tenant", tenant, "client", tenant + "c" + random.nextInt(CLIENTS)));
        switch (random.nextInt(6)) {
            case 0 -> job.put("owner", "o" + tenant);
            case 1 -> job.put("owner", "p" + tenant);
            case 2 -> {}
            default -> job.put("owner", tenant);
        }
        job(job);
    }

    private void job(SortedMap<String, String> job) {
        tell("job " + job);
        plain.job(job);
        var record = new HashMap<String, AttributeValue>();
        job.forEach((name, value) -> record.put(name, text(value)));
        load(tables, "src-jobs", record);
    }

    /** Whoever keeps the mapping deletes an entry, adds it again, or gives it another id. */
    private void map() {
        var tenant = tenant();
        switch (random.nextInt(4)) {
            case 0 -> mapping.put(tenant, "p" + tenant);
            case 1 -> mapping.remove(tenant);
            default -> mapping.put(tenant, "o" + tenant);
        }
        tell("mapping " + mapping);
    }

    private void rehearse() {
        tell("rehearsal");
        // Some of its new ids are old ones here.
        var _ = run(PLAN.formatted("trial", "t1: t2"), Action.MIGRATE, Optional.empty(), Undoing.ALL, Scope.ALL);
    }

    private boolean migrate(Optional<String> tenant) {
        var expected = plain.migrate(mapping, tenant);
        tell("migrate " + tenant.orElse("all"));
        var execution = run(
                plan(),
                Action.MIGRATE,
                Optional.empty(),
                Undoing.ALL,
                tenant.map(one -> new Scope(List.of(), Map.of("tenant", one))).orElse(Scope.ALL));
        if (expected) {
            runs.add(execution.start());
        }
        var wanted = expected ? Execution.Result.MIGRATED : Execution.Result.REFUSED;
        return is(execution.result() == wanted, wanted + " instead of " + execution.result()) && isAsItMustBe();
    }

    private String plan() {
        return PLAN.formatted(
                "src",
                mapping.entrySet().stream()
                        .map(one -> one.getKey() + ": " + one.getValue())
                        .collect(Collectors.joining(", ")));
    }

    /** The newest run, or what is left of it. */
    private boolean rollBack() {
        if (runs.isEmpty()) {
            return true;
        }
        var undoing = switch (random.nextInt(4)) {
            case 0 -> Undoing.ALL;
            case 1 -> new Undoing(Optional.of("jobs"), false, Drift.KEEP, false);
            default -> Undoing.ALL.where(Map.of("tenant", tenant()));
        };
        if (!plain.rollBack(
                undoing.table().isPresent(), Optional.ofNullable(undoing.where().get("tenant")))) {
            return true;
        }
        tell("roll back " + undoing.table() + undoing.where());
        var execution = run(plan(), Action.ROLLBACK, Optional.of(runs.getLast()), undoing, Scope.ALL);
        if (!undoing.leavesTheRest()) {
            runs.removeLast();
        }
        return is(execution.result() == Execution.Result.ROLLED_BACK, "a rollback ended as " + execution.result())
                && isAsItMustBe();
    }

    private record Ran(RunId start, Execution.Result result) {}

    private Ran run(String plan, Action action, Optional<RunId> on, Undoing undoing, Scope scope) {
        site.sleep(Duration.ofMinutes(1));
        var start = new Execution.Start(plan, action, "e" + starts++, site.now(), on)
                .asking(new RunOptions(
                        Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.empty(), scope))
                .undoing(undoing);
        here = Optional.of(start.run()).filter(_ -> plan.contains("src-"));
        var result = new Execution(start, site).run();
        here = Optional.empty();
        return new Ran(start.run(), result);
    }

    private boolean isAsItMustBe() {
        var wanted = plain.jobs();
        var found = new TreeMap<String, SortedMap<String, String>>();
        tables.items(new PhysicalTable("src-jobs")).forEach(record -> {
            var job = new TreeMap<String, String>();
            record.forEach((name, value) -> job.put(name, value.s()));
            found.put(job.get("id"), job);
        });
        return is(found.equals(wanted), "jobs are " + found + " instead of " + wanted);
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
