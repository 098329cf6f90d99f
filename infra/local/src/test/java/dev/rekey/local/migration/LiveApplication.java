package dev.rekey.local.migration;

import static dev.rekey.local.migration.SmallWorld.n;
import static dev.rekey.local.migration.SmallWorld.s;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Writes to profiles until it is closed, as applications do that know nothing of a migration: counters by UpdateItem, whole
 * records that were read before by PutItem on condition of their version, new profiles, deletions, other tenants.
 */
final class LiveApplication implements AutoCloseable {
    private static final int WRITES_AT_LEAST = 60;
    private static final long SEED = 17;
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final LiveProfiles live;
    private final Random random = new Random(SEED);
    private final Map<String, Integer> visits = new HashMap<>();
    private final Map<String, Map<String, AttributeValue>> cache = new HashMap<>();
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean closed;
    private int created;

    LiveApplication(LiveProfiles live) {
        this.live = live;
        this.thread = Thread.ofVirtual().start(this::work);
    }

    private void work() {
        try {
            while (!closed) {
                write();
                writes.incrementAndGet();
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }

    private synchronized void write() {
        var id = "p" + random.nextInt(LiveProfiles.PROFILES);
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3, 4, 5 -> visit(id);
            case 6, 7 -> cache.put(id, live.profile(id));
            case 8, 9 -> putBack();
            case 10 -> live.put(Map.of("id", s("new" + created++), "tenant_id", LiveProfiles.tenant(created)));
            default -> remove(id);
        }
    }

    private void visit(String id) {
        answered(() -> {
            live.db()
                    .updateItem(request -> request.tableName(live.profilesTable())
                            .key(Map.of("id", s(id)))
                            .updateExpression("ADD visits :one, version :one")
                            .conditionExpression("attribute_exists(id)")
                            .expressionAttributeValues(Map.of(":one", n(1))));
            visits.merge(id, 1, Integer::sum);
        });
    }

    /** A copy that was read some time ago, with another tenant: written if nobody of the application changed it since. */
    private void putBack() {
        cache.values().removeIf(Map::isEmpty);
        var copies = List.copyOf(cache.values());
        if (copies.isEmpty()) {
            return;
        }
        var read = copies.get(random.nextInt(copies.size()));
        cache.remove(read.get("id").s());
        var written = new TreeMap<>(read);
        int version = Integer.parseInt(read.get("version").n());
        written.put("version", n(version + 1));
        if (random.nextBoolean()) {
            written.put("tenant_id", LiveProfiles.tenant(random.nextInt(LiveProfiles.PROFILES)));
            written.remove("organization_id");
        }
        answered(() -> live.db()
                .putItem(request -> request.tableName(live.profilesTable())
                        .item(written)
                        .conditionExpression("version = :read")
                        .expressionAttributeValues(Map.of(":read", n(version)))));
    }

    private void remove(String id) {
        if (random.nextInt(4) == 0) {
            live.delete(id);
            visits.remove(id);
            cache.remove(id);
        }
    }

    private static void answered(Runnable write) {
        try {
            write.run();
        } catch (ConditionalCheckFailedException _) {
            // Another write of the application came first, or the profile is gone.
        }
    }

    /** Returns when the application has written some more. */
    void waitForWrites() {
        int until = writes.get() + WRITES_AT_LEAST;
        var deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (writes.get() < until) {
            if (failure.get() != null) {
                throw failure.get();
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the application writes nothing");
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    /** Profiles whose counter is not what the application made it. */
    synchronized List<String> lost() {
        var lost = new ArrayList<String>();
        visits.forEach((id, count) -> {
            var found = live.profile(id).get("visits");
            if (found == null || !found.n().equals(count.toString())) {
                lost.add(id + ": " + count + " visits, found " + found);
            }
        });
        return lost;
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }
}
