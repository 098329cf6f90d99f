package dev.rekey.core.format;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.RecordType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Cuts records of CSV into cells. Threads may share it. */
public final class CsvCutter {
    private final CsvReaderBuilder csv;

    /** @param separator of cells, an ASCII character */
    public CsvCutter(char separator) {
        this.csv = CsvReader.builder().fieldSeparator(separator).skipEmptyLines(false);
    }

    /** @param quoted whether it stands in quotes; {@code text} is what they enclose */
    public record Cell(String text, boolean quoted) {}

    /** @throws UnreadableException if it is not clear where the cells end */
    public List<Cell> cut(RawRecord record) throws UnreadableException {
        var wrong = RecordFaults.ofBytes(record);
        if (wrong.isPresent()) {
            throw new UnreadableException(wrong.get());
        }
        var cells = new Collector();
        try {
            csv.ofSingleCsvRecord(cells, new String(record.bytes(), StandardCharsets.UTF_8));
        } catch (CsvParseException _) {
            cells.stray = true;
        }
        if (cells.stray) {
            throw new UnreadableException(RecordFaults.ofRecord(
                    record, "has a quote that is neither around a whole cell nor doubled within one"));
        }
        return cells.all;
    }

    private static final class Collector extends CsvCallbackHandler<Boolean> {
        private final List<Cell> all = new ArrayList<>();
        private boolean stray;

        @Override
        protected RecordType getRecordType() {
            return RecordType.DATA;
        }

        @Override
        protected int getFieldCount() {
            return all.size();
        }

        @Override
        protected void beginRecord(long startingLineNumber) {
            all.clear();
        }

        @Override
        protected void addField(char[] buffer, int from, int length, boolean quoted) {
            var text = new String(buffer, from, length);
            stray |= !quoted && text.indexOf('"') >= 0;
            all.add(new Cell(text, quoted));
        }

        @Override
        protected void setComment(char[] buffer, int from, int length) {
            throw new IllegalStateException("there are no comments in CSV");
        }

        @Override
        protected void setEmpty() {
            all.add(new Cell("", false));
        }

        @Override
        protected Boolean buildRecord() {
            return true;
        }
    }
}
