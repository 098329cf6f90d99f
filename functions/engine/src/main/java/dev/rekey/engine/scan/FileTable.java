package dev.rekey.engine.scan;

import dev.rekey.core.format.FormatOptions;
import dev.rekey.core.format.RecordFormat;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.FilePlan;
import dev.rekey.engine.store.FileAddress;
import dev.rekey.engine.store.Files.FileVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of one table, as a run reads them.
 *
 * @param shape keys and their types, which are those of the table that is written
 * @param segments the files of each segment; no file is in two
 * @param names of files that lay beside the plan, by their addresses
 */
public record FileTable(
        TableShape shape, FilePlan plan, List<List<FileVersion>> segments, Map<FileAddress, String> names) {
    /** Unpacked, the records of so many bytes are kept in memory where they have to be searched. */
    public static final long MOST_IN_MEMORY = 64L << 20;

    /** Packed files are taken for so many times as large. */
    private static final int PACKED = 8;

    /** What the files may have unpacked. */
    public static long unpacked(List<FileVersion> files) {
        return files.stream()
                .mapToLong(file -> file.bytes() * (FileBytes.isPacked(file) ? PACKED : 1))
                .sum();
    }

    boolean fitsInMemory() {
        return unpacked(segments.stream().flatMap(List::stream).toList()) <= MOST_IN_MEMORY;
    }

    /** As people know the file. */
    String shown(FileVersion file) {
        return Optional.ofNullable(names.get(file.address()))
                .orElseGet(() -> file.address().toString());
    }

    RecordFormat format() {
        var keys = new HashMap<String, KeyType>();
        Stream.concat(
                        shape.keyAttributes().stream(),
                        shape.indexes().values().stream().flatMap(List::stream))
                .forEach((KeyAttribute key) -> keys.put(key.name(), key.type()));
        return RecordFormat.of(new FormatOptions(
                plan.format(),
                plan.separator(),
                plan.columns(),
                plan.types(),
                keys,
                shape.keyAttributes().stream().map(KeyAttribute::name).collect(Collectors.toSet())));
    }

    /** The files of segment {@code index} of {@code of}: of as many as the table has, or all files in one. */
    List<FileVersion> files(int index, int of) {
        if (of == 1) {
            return segments.stream().flatMap(List::stream).toList();
        }
        if (of != segments.size()) {
            throw new IllegalStateException(
                    "Cannot read segment %d of %d of %s: its files have %d segments. Nothing was read. Resume the run."
                            .formatted(index, of, shape.table(), segments.size()));
        }
        return segments.get(index);
    }

    long bytes() {
        return segments.stream()
                .flatMap(List::stream)
                .mapToLong(FileVersion::bytes)
                .sum();
    }
}
