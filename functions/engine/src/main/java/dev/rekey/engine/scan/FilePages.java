package dev.rekey.engine.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.core.format.RawRecord;
import dev.rekey.core.format.Reading;
import dev.rekey.core.format.RecordFormat;
import dev.rekey.core.format.RecordReader;
import dev.rekey.core.format.RecordSplitter;
import dev.rekey.core.format.UnreadableException;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.store.Files.FileVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The files of a table, one after the other. A page is at most a megabyte of one file. The cursor is the number of the file in
 * its segment, the offset in its unpacked bytes, and the number of the line there.
 */
final class FilePages implements SourcePages {
    static final int CHUNK = 1 << 20;

    private final FileTable table;
    private final FileBytes bytes;
    private final int pageRecords;
    private final RecordFormat format;
    /** Of the file that was read last. */
    private Optional<Headed> headed = Optional.empty();

    private record Position(int file, long offset, long line) {
        static final Position START = new Position(0, 0, 1);

        static Position of(JsonNode cursor) {
            return new Position(
                    cursor.required("file").intValue(),
                    cursor.required("offset").longValue(),
                    cursor.required("line").longValue());
        }

        JsonNode node() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("file", file)
                    .put("offset", offset)
                    .put("line", line);
        }
    }

    /** What a file is read by, and where its first record can begin. */
    private record Headed(FileVersion file, RecordReader reader, long offset, long line) {}

    /** Records of a chunk, and whether the file ends behind them. */
    private record Cut(List<RawRecord> records, boolean ended) {}

    private record Records(
            List<Map<String, AttributeValue>> items,
            Optional<Position> next,
            List<String> places,
            List<UnreadableRecord> unreadable) {
        static Records none(Optional<Position> next, UnreadableRecord why) {
            return new Records(List.of(), next, List.of(), List.of(why));
        }
    }

    /** @param pageRecords how many records a page has at most; 0 for as many as make a megabyte */
    FilePages(FileTable table, FileBytes bytes, int pageRecords) {
        this.table = table;
        this.bytes = bytes;
        this.pageRecords = pageRecords;
        this.format = table.format();
    }

    @Override
    public PageOfRecords page(Segment segment, Optional<JsonNode> cursor) {
        var files = table.files(segment.index(), segment.of());
        var at = cursor.map(Position::of).orElse(Position.START);
        long before = bytes.requests();
        var file = files.get(at.file());
        var following = Optional.of(new Position(at.file() + 1, 0, 1)).filter(next -> next.file() < files.size());
        var records = records(file, at, following);
        return new PageOfRecords(
                records.items(),
                records.next().map(Position::node),
                records.places(),
                records.unreadable(),
                new FileReads(1, bytes.requests() - before));
    }

    private Records records(FileVersion file, Position at, Optional<Position> following) {
        try {
            return page(file, at, following);
        } catch (UnreadableException e) {
            // What is wrong with a whole file is said once; the next is read all the same.
            return Records.none(following, unreadable(file, e.unreadable()));
        } catch (DamagedFileException e) {
            return Records.none(following, new UnreadableRecord("file.damaged", table.shown(file), e.getMessage()));
        }
    }

    private Records page(FileVersion file, Position at, Optional<Position> following) throws UnreadableException {
        var of = headed(file);
        long from = Math.max(at.offset(), of.offset());
        var cut = cut(file, from, at.offset() < of.offset() ? of.line() : at.line(), 1);
        boolean all = pageRecords == 0 || cut.records().size() <= pageRecords;
        var records = all ? cut.records() : cut.records().subList(0, pageRecords);
        var items = new ArrayList<Map<String, AttributeValue>>();
        var places = new ArrayList<String>();
        var unreadable = new ArrayList<UnreadableRecord>();
        for (var record : records) {
            switch (of.reader().read(record)) {
                case Reading.Item(var item) -> {
                    items.add(item);
                    places.add(place(file, record.line()));
                }
                case Reading.Unreadable why -> unreadable.add(unreadable(file, why));
            }
        }
        if (!(all && cut.ended())) {
            return new Records(items, Optional.of(behind(at.file(), records.getLast())), places, unreadable);
        }
        long lines = records.isEmpty() ? at.line() - 1 : records.getLast().line();
        miscounted(file, lines).ifPresent(unreadable::add);
        return new Records(items, following, places, unreadable);
    }

    /** Exports have one record in each line, and no other lines. */
    private Optional<UnreadableRecord> miscounted(FileVersion file, long lines) {
        return file.stated()
                .filter(stated -> stated.records() != lines)
                .map(stated -> new UnreadableRecord(
                        "file.damaged",
                        table.shown(file),
                        "has %,d records, and the manifest of the export says %,d".formatted(lines, stated.records())));
    }

    private static Position behind(int file, RawRecord last) {
        return new Position(file, last.end(), last.nextLine());
    }

    /** At least {@code least} records from {@code offset} on, unless the file ends before. */
    private Cut cut(FileVersion file, long offset, long line, int least) {
        var splitter = new RecordSplitter(format.framing(), offset, line);
        var records = new ArrayList<RawRecord>();
        long at = offset;
        while (records.size() < least) {
            var chunk = bytes.read(file, at, CHUNK);
            at += chunk.length;
            records.addAll(splitter.add(chunk, 0, chunk.length));
            if (chunk.length < CHUNK) {
                splitter.end().ifPresent(records::add);
                return new Cut(records, true);
            }
        }
        return new Cut(records, false);
    }

    private Headed headed(FileVersion file) throws UnreadableException {
        var known = headed.filter(one -> one.file().equals(file));
        if (known.isPresent()) {
            return known.get();
        }
        var found = read(file);
        headed = Optional.of(found);
        return found;
    }

    private Headed read(FileVersion file) throws UnreadableException {
        if (!format.hasHeader()) {
            return new Headed(file, format.reader(Optional.empty()), 0, 1);
        }
        var header = cut(file, 0, 1, 1).records().stream().findFirst();
        return new Headed(
                file,
                format.reader(header),
                header.map(RawRecord::end).orElse(0L),
                header.map(RawRecord::nextLine).orElse(1L));
    }

    private UnreadableRecord unreadable(FileVersion file, Reading.Unreadable why) {
        var place = place(file, why.line()) + (why.column().isEmpty() ? "" : ", " + why.column());
        return new UnreadableRecord(why.problem().id(), place, why.message());
    }

    private String place(FileVersion file, long line) {
        return table.shown(file) + ":" + line;
    }
}
