package dev.rekey.core.plan;

import java.util.Map;

/**
 * How the files of one table are read.
 *
 * @param separator of the cells of a line; of CSV only
 * @param columns name in the file to attribute; other names stay
 * @param types of values that the format itself leaves open, by their paths after {@code columns}
 */
public record FilePlan(
        FileFormat format, char separator, Map<String, String> columns, Map<ReferencePath, CellType> types) {
    public FilePlan {
        columns = Map.copyOf(columns);
        types = Map.copyOf(types);
    }
}
