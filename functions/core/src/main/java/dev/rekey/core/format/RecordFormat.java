package dev.rekey.core.format;

import java.util.Optional;

/** How the records of one table are written in files. */
public sealed interface RecordFormat permits CsvRecords, JsonRecords {
    static RecordFormat of(FormatOptions options) {
        return switch (options.format()) {
            case CSV -> new CsvRecords(options, CsvDialect.RFC_4180);
            case POSTGRES -> new CsvRecords(options, CsvDialect.POSTGRES);
            case JSON -> new JsonRecords(options, new PlainDocument(options));
            case MONGO -> new JsonRecords(options, new MongoDocument(options));
            case DYNAMODB -> new JsonRecords(options, new TypedDocument(options));
        };
    }

    /** Where a {@link RecordSplitter} cuts. */
    Framing framing();

    /** Whether the first record of each file names the columns. */
    boolean hasHeader();

    /**
     * For the records of one file.
     *
     * @param header the file's first record, if this format has one
     * @throws UnreadableException if it does not name the columns
     */
    RecordReader reader(Optional<RawRecord> header) throws UnreadableException;
}
