package dev.rekey.engine.scan;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.FileAddress;
import dev.rekey.engine.store.Files.FileVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The files that a run reads: what they were when it was prepared, and which segment each is in.
 *
 * @param tables segments of each table; empty if the source is tables
 * @param names of files that lay beside the plan, by their addresses
 */
public record FrozenFiles(int format, Map<TableName, List<List<FileVersion>>> tables, Map<FileAddress, String> names) {
    private static final String NAME = "files.json";
    /** Files of together so many bytes make a segment. */
    private static final long BYTES_PER_SEGMENT = 48L << 20;

    /** Each file is in one segment; small ones are together. */
    public static FrozenFiles divided(Map<TableName, List<FileVersion>> files, Map<FileAddress, String> names) {
        var tables = new TreeMap<TableName, List<List<FileVersion>>>();
        files.forEach((table, all) -> tables.put(table, segments(all)));
        return new FrozenFiles(1, tables, names);
    }

    private static List<List<FileVersion>> segments(List<FileVersion> files) {
        var segments = new ArrayList<List<FileVersion>>();
        var segment = new ArrayList<FileVersion>();
        long bytes = 0;
        for (var file : files) {
            if (!segment.isEmpty() && bytes + file.bytes() > BYTES_PER_SEGMENT) {
                segments.add(List.copyOf(segment));
                segment.clear();
                bytes = 0;
            }
            segment.add(file);
            bytes += file.bytes();
        }
        segments.add(List.copyOf(segment));
        return segments;
    }

    /** Of two attempts the first decides. */
    public FrozenFiles freeze(Documents documents, RunFolder folder) {
        if (tables.isEmpty()) {
            return this;
        }
        var _ = documents.create(folder.key(NAME), this);
        return load(documents, folder);
    }

    /** Those of a run; none if its source is tables. */
    public static FrozenFiles load(Documents documents, RunFolder folder) {
        return documents
                .find(folder.key(NAME), FrozenFiles.class)
                .map(Documents.Versioned::value)
                .orElseGet(() -> new FrozenFiles(1, Map.of(), Map.of()));
    }

    /** @param shapes of tables of the plan in the source */
    public Map<PhysicalTable, FileTable> of(Plan plan, Function<TableName, TableShape> shapes) {
        var byPlace = new HashMap<PhysicalTable, FileTable>();
        for (var table : plan.whole()) {
            var segments = tables.get(table.name());
            if (segments != null) {
                byPlace.put(
                        table.source(),
                        new FileTable(shapes.apply(table.name()), table.file().orElseThrow(), segments, names));
            }
        }
        return byPlace;
    }
}
