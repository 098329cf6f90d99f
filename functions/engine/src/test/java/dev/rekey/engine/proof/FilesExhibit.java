package dev.rekey.engine.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rekey.core.item.TableShape;
import dev.rekey.core.item.TypedJson;
import dev.rekey.engine.store.InMemoryTables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** The same as another exhibit, whose source tables are files of two records each; every other one is packed. */
final class FilesExhibit implements Exhibit {
    private static final String SOURCE = "src-";
    private static final int RECORDS = 2;

    private final Exhibit tables;

    /** @param tables an exhibit that copies */
    FilesExhibit(Exhibit tables) {
        this.tables = tables;
    }

    @Override
    public String plan() {
        return tables.plan()
                .replace(
                        "source: { tables: \"src-{table}\" }",
                        "source: { files: \"s3://files/inbox/{table}-*\", format: dynamodb }");
    }

    @Override
    public List<TableShape> shapes() {
        return tables.shapes().stream().filter(shape -> !isSource(shape)).toList();
    }

    @Override
    public void fill(InMemoryTables target) {
        var all = tables.tables();
        shapes().forEach(shape -> target.load(shape.table(), all.items(shape.table())));
    }

    @Override
    public Map<String, byte[]> files() {
        var all = tables.tables();
        var files = new TreeMap<String, byte[]>();
        tables.shapes().stream().filter(FilesExhibit::isSource).forEach(shape -> {
            var records = all.items(shape.table());
            var name = "inbox/" + shape.table().name().substring(SOURCE.length()) + "-";
            for (int from = 0; from < records.size(); from += RECORDS) {
                var lines = records.subList(from, Math.min(records.size(), from + RECORDS)).stream()
                        .map(TypedJson::text)
                        .collect(Collectors.joining("\n"))
                        .getBytes(UTF_8);
                boolean packed = from / RECORDS % 2 == 1;
                files.put(name + from + (packed ? ".jsonl.gz" : ".jsonl"), packed ? packed(lines) : lines);
            }
        });
        return files;
    }

    private static boolean isSource(TableShape shape) {
        return shape.table().name().startsWith(SOURCE);
    }

    private static byte[] packed(byte[] bytes) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    @Override
    public String readInRanges() {
        return tables.readInRanges();
    }

    @Override
    public double size() {
        return tables.size() * 0.8;
    }
}
