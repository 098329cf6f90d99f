package dev.rekey.engine.proof;

import dev.rekey.aws.AwsClients;
import dev.rekey.aws.LocalTables;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.migration.SteppingTime;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.InMemoryTables;
import dev.rekey.engine.store.Interceptor;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.Tables;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * An exhibit's tables in DynamoDB Local and a bucket in S3Mock, which nobody else uses. What they hold is read and
 * exchanged behind the back of the interceptor, and only as far as it differs.
 */
final class RealStores implements Stores {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Exhibit exhibit;
    private final Tables dynamoDb;
    private final Objects s3;
    private final S3Client client;
    private final String bucket;
    private final Map<String, byte[]> seen = new HashMap<>();
    private Interceptor interceptor = Interceptor.none();

    /** @param address variables of an environment in which AWS is a DynamoDB Local and an S3Mock */
    RealStores(Exhibit exhibit, Map<String, String> address) {
        this.exhibit = exhibit;
        int number = NUMBER.incrementAndGet();
        bucket = "sweep-" + number;
        var environment = new HashMap<>(address);
        // DynamoDB Local has other tables for another access key.
        environment.put("AWS_ACCESS_KEY_ID", "sweep" + number);
        LocalTables.create(environment, exhibit.shapes());
        var clients = new AwsClients(environment);
        dynamoDb = clients.tables(LocalTables.OWN_SIDE);
        s3 = clients.objects(bucket, new SteppingTime(), new Random(number));
        client = clients.s3();
        client.createBucket(r -> r.bucket(bucket));
    }

    @Override
    public Tables tables() {
        return new SeenTables(dynamoDb, () -> interceptor);
    }

    @Override
    public Objects objects() {
        return new SeenObjects(s3, () -> interceptor);
    }

    @Override
    public void intercept(Interceptor next) {
        interceptor = next;
    }

    @Override
    public MemoryStores held() {
        var objects = new InMemoryObjects();
        contents("").forEach((key, content) -> objects.put(new ObjectKey(key), content));
        return new MemoryStores(heldTables(), objects);
    }

    @Override
    public String dump() {
        return heldTables().dump();
    }

    private InMemoryTables heldTables() {
        var tables = new InMemoryTables();
        for (var shape : exhibit.shapes()) {
            tables.createTable(shape);
            tables.load(shape.table(), items(shape.table()));
        }
        return tables;
    }

    /** They fit on one page. */
    private List<Map<String, AttributeValue>> items(PhysicalTable table) {
        return dynamoDb.scan(new Tables.Scan(table, 0, 1, Optional.empty(), 0, true))
                .items();
    }

    @Override
    public SortedMap<String, byte[]> contents(String prefix) {
        var contents = new TreeMap<String, byte[]>();
        listed(prefix)
                .forEach(object -> contents.put(
                        object.key(),
                        seen.computeIfAbsent(
                                object.eTag(),
                                _ -> s3.get(new ObjectKey(object.key()))
                                        .orElseThrow()
                                        .content())));
        return contents;
    }

    /** The version of every object, by key. */
    SortedMap<String, String> versions() {
        var versions = new TreeMap<String, String>();
        listed("").forEach(object -> versions.put(object.key(), object.eTag()));
        return versions;
    }

    private List<S3Object> listed(String prefix) {
        return client.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix)).contents().stream()
                .toList();
    }

    /** Makes these stores hold what {@code wanted} hold, and nothing else; nobody sees their requests any more. */
    void hold(MemoryStores wanted) {
        hold(wanted, heldTables(), versions());
    }

    /** The same, where it is known that they hold what {@code found} hold. */
    void hold(MemoryStores wanted, MemoryStores found) {
        hold(wanted, found.tables(), found.versions());
    }

    private void hold(MemoryStores wanted, InMemoryTables tables, Map<String, String> versions) {
        interceptor = Interceptor.none();
        exhibit.shapes()
                .forEach(shape -> hold(
                        shape,
                        new HashSet<>(wanted.tables().items(shape.table())),
                        new HashSet<>(tables.items(shape.table()))));
        var wantedVersions = wanted.versions();
        var superfluous = versions.keySet().stream()
                .filter(key -> !wantedVersions.containsKey(key))
                .map(key -> ObjectIdentifier.builder().key(key).build())
                .toList();
        if (!superfluous.isEmpty()) {
            client.deleteObjects(r -> r.bucket(bucket).delete(d -> d.objects(superfluous)));
        }
        wanted.objects().contents().forEach((key, content) -> {
            if (!wantedVersions.get(key).equals(versions.get(key))) {
                s3.put(new ObjectKey(key), content);
            }
        });
    }

    private void hold(
            TableShape shape, Set<Map<String, AttributeValue>> wanted, Set<Map<String, AttributeValue>> found) {
        var missing = wanted.stream().filter(item -> !found.contains(item)).toList();
        var keys = wanted.stream().map(shape::keyOf).toList();
        for (var item : found) {
            if (!keys.contains(shape.keyOf(item))) {
                dynamoDb.delete(shape.table(), shape.keyOf(item), new Tables.Expected.Attributes(item));
            }
        }
        if (!missing.isEmpty()) {
            dynamoDb.putAll(shape.table(), missing);
        }
    }
}
