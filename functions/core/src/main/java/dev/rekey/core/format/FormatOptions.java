package dev.rekey.core.format;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.CellType;
import dev.rekey.core.plan.FileFormat;
import dev.rekey.core.plan.ReferencePath;
import java.util.Map;
import java.util.Set;

/**
 * What is said about the files of one table.
 *
 * @param separator of the cells of CSV, an ASCII character
 * @param columns attributes by their names in the file; other names stay
 * @param types of values, by the path that begins with the attribute's name; of fields and elements only
 * @param keys types of the attributes that are keys of the table or of its indexes
 * @param primary attributes of the table's key: no record is without one
 */
public record FormatOptions(
        FileFormat format,
        char separator,
        Map<String, String> columns,
        Map<ReferencePath, CellType> types,
        Map<String, KeyType> keys,
        Set<String> primary) {

    public FormatOptions {
        columns = Map.copyOf(columns);
        types = Map.copyOf(types);
        keys = Map.copyOf(keys);
        primary = Set.copyOf(primary);
    }

    /** Files of which only the format is said. */
    public static FormatOptions of(FileFormat format) {
        return new FormatOptions(format, ',', Map.of(), Map.of(), Map.of(), Set.of());
    }

    String attribute(String nameInFile) {
        return columns.getOrDefault(nameInFile, nameInFile);
    }
}
