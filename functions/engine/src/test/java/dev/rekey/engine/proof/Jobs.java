package dev.rekey.engine.proof;

import static dev.rekey.engine.proof.Items.item;
import static dev.rekey.engine.proof.Items.load;
import static dev.rekey.engine.proof.Items.text;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.store.InMemoryTables;
import dev.rekey.engine.store.Tables.Expected;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Clients and jobs of some tenants, an application that works on them, and the mapping of the tenants. */
final class Jobs {
    private static final int CLIENTS = 3;
    private static final int JOBS = 3;

    private final InMemoryTables tables;
    private final Random random;
    private final PlainRuns plain;
    private final Consumer<String> story;
    private final SortedMap<String, String> mapping = new TreeMap<>();
    /** Old copies of jobs. */
    private final Map<String, List<SortedMap<String, String>>> copies = new HashMap<>();

    private int writes;

    /** @param story is told what happens */
    Jobs(InMemoryTables tables, Random random, PlainRuns plain, Consumer<String> story) {
        this.tables = tables;
        this.random = random;
        this.plain = plain;
        this.story = story;
    }

    /** Tables of the application, and copies of them for a rehearsal. */
    void fill() {
        for (var tenant : SeveralRuns.TENANTS) {
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
        job(new TreeMap<>(Map.of("id", "nobody", "tenant", "t0", "client", "nobody", "owner", "nobody", "v", "0")));
    }

    SortedMap<String, String> mapping() {
        return mapping;
    }

    String tenant() {
        return SeveralRuns.TENANTS.get(random.nextInt(SeveralRuns.TENANTS.size()));
    }

    /** The application's: renames a client, and gives a job another client and another owner. */
    void work() {
        var tenant = tenant();
        switch (random.nextInt(2)) {
            case 0 -> client(tenant + "c" + random.nextInt(CLIENTS), tenant);
            default -> job(tenant + "j" + random.nextInt(JOBS), tenant);
        }
    }

    private void client(String id, String tenant) {
        var name = tenant + "-" + List.of("anna", "bert").get(random.nextInt(2));
        story.accept("client " + id + " is " + name);
        plain.name(id, name);
        load(tables, "src-clients", item("id", text(id), "name", text(name)));
    }

    private void job(String id, String tenant) {
        var job = new TreeMap<>(Map.of(
                "id",
                id,
                "tenant",
                tenant,
                "client",
                tenant + "c" + random.nextInt(CLIENTS),
                "v",
                "write " + writes++));
        switch (random.nextInt(6)) {
            case 0 -> job.put("owner", "o" + tenant);
            case 1 -> job.put("owner", "p" + tenant);
            case 2 -> {}
            default -> job.put("owner", tenant);
        }
        copies.computeIfAbsent(id, _ -> new ArrayList<>()).add(job);
        job(job);
    }

    private void job(SortedMap<String, String> job) {
        story.accept("job " + job);
        plain.job(job, found(job.get("id")));
        var record = new HashMap<String, AttributeValue>();
        job.forEach((name, value) -> record.put(name, text(value)));
        load(tables, "src-jobs", record);
    }

    /** The application's, while a run works: it writes a job, puts an old copy of it back, or deletes it. */
    void write() {
        var tenant = tenant();
        var id = tenant + "j" + random.nextInt(JOBS);
        var there = found(id);
        int what = random.nextInt(6);
        if (what == 0 && there.isPresent() && id.endsWith("j0")) {
            story.accept("job " + id + " is deleted");
            plain.delete(id, there);
            var key = new Key(Map.of("id", text(id)));
            var _ = tables.delete(new PhysicalTable("src-jobs"), key, new Expected.Attributes(key.attributes()));
        } else if (what < 3 && there.isPresent()) {
            var all = copies.get(id);
            job(all.get(random.nextInt(all.size())));
        } else {
            job(id, tenant);
        }
    }

    /** Whoever keeps the mapping deletes an entry, adds it again, or gives it another id. */
    void map() {
        var tenant = tenant();
        switch (random.nextInt(4)) {
            case 0 -> mapping.put(tenant, "p" + tenant);
            case 1 -> mapping.remove(tenant);
            default -> mapping.put(tenant, "o" + tenant);
        }
        story.accept("mapping " + mapping);
    }

    /** What stands in the application's table of jobs, by id. */
    SortedMap<String, SortedMap<String, String>> all() {
        var found = new TreeMap<String, SortedMap<String, String>>();
        tables.items(new PhysicalTable("src-jobs")).forEach(record -> {
            var job = new TreeMap<String, String>();
            record.forEach((name, value) -> job.put(name, value.s()));
            found.put(job.get("id"), job);
        });
        return found;
    }

    private Optional<SortedMap<String, String>> found(String id) {
        return Optional.ofNullable(all().get(id));
    }
}
