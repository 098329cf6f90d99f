package dev.rekey.core.format;

import dev.rekey.core.format.CsvCutter.Cell;
import dev.rekey.core.format.Reading.Unreadable;
import dev.rekey.core.item.Wording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Cells apart by separators; the first record names the columns. */
final class CsvRecords implements RecordFormat {
    private final FormatOptions options;
    private final CsvDialect dialect;
    private final Types types;
    private final CsvCutter cutter;

    CsvRecords(FormatOptions options, CsvDialect dialect) {
        this.options = options;
        this.dialect = dialect;
        this.types = Types.of(options);
        this.cutter = new CsvCutter(options.separator());
    }

    @Override
    public Framing framing() {
        return Framing.csv(options.separator());
    }

    @Override
    public boolean hasHeader() {
        return true;
    }

    @Override
    public RecordReader reader(Optional<RawRecord> header) throws UnreadableException {
        var record = header.orElseThrow(
                () -> new UnreadableException(new Unreadable(1, "", FileProblem.HEADER, "names no columns")));
        var names = new ArrayList<String>();
        for (var cell : cutter.cut(record)) {
            names.add(name(record, cell.text(), names));
        }
        for (var name : new TreeSet<>(options.primary())) {
            if (!names.contains(name)) {
                throw wrongHeader(record, name, "is a key of the table, and no column gives it");
            }
        }
        var columns =
                names.stream().map(name -> new Column(name, types.field(name))).toList();
        return each -> read(each, columns);
    }

    private record Column(String attribute, Types types) {}

    private String name(RawRecord header, String column, List<String> names) throws UnreadableException {
        if (column.isEmpty()) {
            throw wrongHeader(header, Integer.toString(names.size() + 1), "has no name");
        }
        var attribute = options.attribute(column);
        if (names.contains(attribute)) {
            throw wrongHeader(header, column, "is there twice");
        }
        return attribute;
    }

    private static UnreadableException wrongHeader(RawRecord header, String column, String message) {
        return new UnreadableException(new Unreadable(header.line(), column, FileProblem.HEADER, message));
    }

    private Reading read(RawRecord record, List<Column> columns) {
        try {
            var cells = cutter.cut(record);
            return cells.size() == columns.size()
                    ? item(record, columns, cells)
                    : RecordFaults.ofRecord(
                            record,
                            "has %s, and the first line names %s"
                                    .formatted(
                                            Wording.count(cells.size(), "cell"),
                                            Wording.count(columns.size(), "column")));
        } catch (UnreadableException e) {
            return e.unreadable();
        }
    }

    private Reading item(RawRecord record, List<Column> columns, List<Cell> cells) {
        Map<String, AttributeValue> item = HashMap.newHashMap(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            var column = columns.get(i);
            try {
                var value = dialect.value(cells.get(i), column.types());
                if (value.isPresent()) {
                    item.put(column.attribute(), value.get());
                }
            } catch (BadValueException e) {
                var place = e.below(column.attribute()).place();
                return new Unreadable(record.line(), place, FileProblem.CELL, e.getMessage());
            }
        }
        return RecordFaults.withKey(record, item, options);
    }
}
