package dev.rekey.core.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rekey.core.format.CsvCutter;
import dev.rekey.core.format.CsvCutter.Cell;
import dev.rekey.core.format.Framing;
import dev.rekey.core.format.RawRecord;
import dev.rekey.core.format.RecordSplitter;
import dev.rekey.core.format.UnreadableException;
import dev.rekey.core.item.CanonicalNumber;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.SameContent;
import dev.rekey.core.plan.IdentityRule.Lookup;
import dev.rekey.core.plan.MappingSource.OfFile;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The entries of a mapping in a file. A name that ends in {@code .json} or {@code .jsonl} says that it is JSON: a list of
 * objects, or one object after the other. Any other file is CSV, and its first line names the columns.
 */
public final class MappingFile {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final int PIECE_BYTES = 1 << 20;

    private final OfFile source;
    private final Lookup.Types types;
    private final MappingBuilder builder;
    private final BiConsumer<String, MappingFault> faults;

    /** @param faults gets each entry that is wrong: its place in the file, and what is wrong with it */
    public MappingFile(Lookup rule, OfFile source, MappingBuilder builder, BiConsumer<String, MappingFault> faults) {
        this.source = source;
        this.types = rule.ids();
        this.builder = builder;
        this.faults = faults;
    }

    /**
     * Adds every entry to the builder.
     *
     * @throws MappingFileException if the file cannot be read at all
     */
    public void read(byte[] content) {
        var name = source.file().toLowerCase(Locale.ROOT);
        if (name.endsWith(".json") || name.endsWith(".jsonl")) {
            json(content);
        } else {
            csv(content);
        }
    }

    private void csv(byte[] content) {
        var splitter = new RecordSplitter(Framing.csv(','), 0, 1);
        var lines = new CsvLines();
        // In pieces: a mapping can have millions of lines, and all their records at once would take its length again
        // and more.
        for (int from = 0; from < content.length; from += PIECE_BYTES) {
            splitter.add(content, from, Math.min(content.length, from + PIECE_BYTES))
                    .forEach(lines::add);
        }
        splitter.end().ifPresent(lines::add);
        if (lines.header.isEmpty()) {
            throw new MappingFileException("it is empty");
        }
    }

    private final class CsvLines {
        private final CsvCutter cutter = new CsvCutter(',');
        private List<String> header = List.of();
        private int from;
        private int to;

        void add(RawRecord record) {
            var cells = cells(cutter, record);
            if (header.isEmpty()) {
                header = cells;
                from = column(header, source.columns().from());
                to = column(header, source.columns().to());
                return;
            }
            if (cells.size() != header.size()) {
                throw new MappingFileException("line %d has %d cells, and the first line names %d columns"
                        .formatted(record.line(), cells.size(), header.size()));
            }
            if (counts(cells, header)) {
                MappingFile.this.add(
                        "line " + record.line(), written(cells, from, types.old()), written(cells, to, types.now()));
            }
        }
    }

    private static List<String> cells(CsvCutter cutter, RawRecord record) {
        try {
            return cutter.cut(record).stream().map(Cell::text).toList();
        } catch (UnreadableException e) {
            throw new MappingFileException(
                    "line " + e.unreadable().line() + " " + e.unreadable().message());
        }
    }

    private static int column(List<String> header, String name) {
        int index = header.indexOf(name);
        if (index < 0) {
            throw new MappingFileException("it has no column " + name + ", only " + String.join(", ", header));
        }
        if (header.lastIndexOf(name) != index) {
            throw new MappingFileException("it has two columns " + name);
        }
        return index;
    }

    private boolean counts(List<String> cells, List<String> header) {
        return source.where().entrySet().stream()
                .allMatch(one -> is(cells.get(column(header, one.getKey())), one.getValue()));
    }

    /** A cell holds no type: it is compared as the plan's value is written. */
    private static boolean is(String cell, AttributeValue value) {
        return switch (value.type()) {
            case S -> cell.equals(value.s());
            case N -> CanonicalNumber.of(cell).equals(CanonicalNumber.of(value.n()));
            case BOOL -> cell.equals(value.bool().toString());
            case NUL -> cell.isEmpty();
            case B, SS, NS, BS, L, M, UNKNOWN_TO_SDK_VERSION -> false;
        };
    }

    private static IdReading written(List<String> cells, int column, KeyType type) {
        return OldId.ofWritten(type, cells.get(column));
    }

    private void add(String place, IdReading old, IdReading now) {
        builder.add(old, now).ifPresent(fault -> faults.accept(place, fault));
    }

    private void json(byte[] content) {
        int number = 0;
        try (var entries = JSON.readerFor(JsonNode.class).<JsonNode>readValues(content)) {
            while (entries.hasNextValue()) {
                number++;
                entry("entry " + number, entries.nextValue());
            }
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new MappingFileException(
                    "it is no JSON from line %d, column %d on".formatted(at.getLineNr(), at.getColumnNr()));
        } catch (IOException e) {
            throw new MappingFileException("it is no JSON");
        }
    }

    private void entry(String place, JsonNode entry) {
        if (!entry.isObject()) {
            throw new MappingFileException(place + " is no object");
        }
        boolean counts = source.where().entrySet().stream()
                .allMatch(one -> value(entry.path(one.getKey()))
                        .filter(value -> SameContent.same(value, one.getValue()))
                        .isPresent());
        if (counts) {
            add(
                    place,
                    id(entry.path(source.columns().from()), types.old()),
                    id(entry.path(source.columns().to()), types.now()));
        }
    }

    /** A text that stands where a binary id belongs is Base64. */
    private static IdReading id(JsonNode node, KeyType type) {
        if (node.isTextual()) {
            return OldId.ofWritten(type, node.textValue());
        }
        if (node.isMissingNode()) {
            return new IdReading.NoId();
        }
        return value(node)
                .map(value -> OldId.read(type, value))
                .orElseGet(() -> new IdReading.Unusable("is a list or map"));
    }

    /** Empty for what is not there, and for lists and maps, which nothing is compared with. */
    private static Optional<AttributeValue> value(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> Optional.of(AttributeValue.fromS(node.textValue()));
            case NUMBER -> Optional.of(AttributeValue.fromN(node.asText()));
            case BOOLEAN -> Optional.of(AttributeValue.fromBool(node.booleanValue()));
            case NULL -> Optional.of(AttributeValue.fromNul(true));
            case ARRAY, OBJECT, MISSING, BINARY, POJO -> Optional.empty();
        };
    }
}
