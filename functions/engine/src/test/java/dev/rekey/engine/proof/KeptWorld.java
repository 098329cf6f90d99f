package dev.rekey.engine.proof;

import dev.rekey.core.item.TableShape;
import dev.rekey.core.item.TypedJson;
import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.InMemoryTables;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Tables and a bucket with one run in them, in a file: {@code world.json}, the items of each table, and every object of the
 * bucket as it was written.
 */
record KeptWorld(World world, MemoryStores stores) {
    private static final String TABLES = "tables/";
    private static final String BUCKET = "bucket/";
    private static final ObjectKey WORLD = new ObjectKey("world.json");

    /** The same file from the same world, whenever it is written. */
    private static final LocalDateTime WRITTEN = LocalDateTime.of(2026, 1, 1, 0, 0);

    /**
     * What is no item and no object.
     *
     * @param format 1
     * @param now what the clock says
     * @param invocations how many functions were invoked; each has its own name
     */
    record World(int format, String plan, RunId run, Instant now, int invocations, List<TableShape> shapes) {}

    static KeptWorld of(Exhibit exhibit, RunId run, Site site) {
        var world = new World(1, exhibit.plan(), run, site.now(), site.invocations(), exhibit.shapes());
        return new KeptWorld(world, site.held());
    }

    /** A second after it was kept. */
    Site site() {
        var site = new Site(new InMemoryTables()).on(stores.held());
        site.sleep(Duration.between(site.now(), world.now()).plusSeconds(1));
        site.invoked(world.invocations());
        return site;
    }

    Start start(Action action, Site site) {
        return new Start(world.plan(), action, "kept-" + action.word(), site.now(), Optional.of(world.run()));
    }

    void write(Path file) {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var one : entries().entrySet()) {
                var entry = new ZipEntry(one.getKey());
                entry.setTimeLocal(WRITTEN);
                zip.putNextEntry(entry);
                zip.write(one.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SortedMap<String, byte[]> entries() {
        var entries = new TreeMap<String, byte[]>();
        entries.put(WORLD.name(), Documents.encode(world));
        for (var shape : world.shapes()) {
            var items = stores.tables().items(shape.table()).stream()
                    .map(item -> TypedJson.text(item) + "\n")
                    .sorted()
                    .collect(Collectors.joining());
            entries.put(TABLES + shape.table().name(), items.getBytes(StandardCharsets.UTF_8));
        }
        stores.objects().contents().forEach((key, content) -> entries.put(BUCKET + key, content));
        return entries;
    }

    static KeptWorld read(Path file) {
        var entries = new TreeMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var content = new ByteArrayOutputStream();
                zip.transferTo(content);
                entries.put(entry.getName(), content.toByteArray());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var world = Documents.decode(WORLD, entries.get(WORLD.name()), World.class);
        var tables = new InMemoryTables();
        for (var shape : world.shapes()) {
            tables.createTable(shape);
            tables.load(shape.table(), items(entries.get(TABLES + shape.table().name())));
        }
        var objects = new InMemoryObjects();
        entries.forEach((name, content) -> {
            if (name.startsWith(BUCKET)) {
                objects.put(new ObjectKey(name.substring(BUCKET.length())), content);
            }
        });
        return new KeptWorld(world, new MemoryStores(tables, objects));
    }

    private static List<Map<String, AttributeValue>> items(byte[] lines) {
        return new String(lines, StandardCharsets.UTF_8)
                .lines()
                .map(TypedJson::parse)
                .toList();
    }
}
