package dev.rekey.engine.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.rekey.core.item.Digest;
import dev.rekey.core.item.Expiry;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.FastGzip;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The bytes of an object of the undo log: gzip of JSON lines, the header first, then one line an operation. */
final class LogCodec {
    private static final JsonFactory JSON = TypedJson.factory();

    private LogCodec() {}

    static byte[] encode(LogBatch batch) {
        var bytes = new ByteArrayOutputStream(32 + batch.entries().size() * 64);
        try (var zipped = new FastGzip(bytes)) {
            zipped.write(Documents.encode(batch.header()));
            zipped.write('\n');
            try (var json = JSON.createGenerator(zipped)) {
                json.setRootValueSeparator(null);
                for (var entry : batch.entries()) {
                    write(json, entry);
                    json.writeRaw('\n');
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    static LogBatch decode(ObjectKey key, byte[] content) {
        try (var lines =
                new BufferedReader(new InputStreamReader(FastGzip.unzipped(content), StandardCharsets.UTF_8))) {
            var first = lines.readLine();
            if (first == null) {
                throw new EOFException("it is empty");
            }
            var header = Documents.decode(
                    key, first.getBytes(StandardCharsets.UTF_8), LogBatch.Header.class, LogBatch.FORMAT);
            var entries = new ArrayList<LogEntry>();
            try (var json = JSON.createParser(lines)) {
                while (json.nextToken() != null) {
                    entries.add(read(json));
                }
            }
            return new LogBatch(header, entries);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot read " + key + ": it is not an undo log object of format " + LogBatch.FORMAT
                            + ". Nothing was changed. Restore an earlier version of the object.",
                    e);
        }
    }

    private static void write(JsonGenerator json, LogEntry entry) throws IOException {
        json.writeStartObject();
        json.writeStringField("operation", word(entry.operation()));
        if (entry.table().isPresent()) {
            json.writeStringField("table", entry.table().get().value());
        }
        json.writeFieldName("key");
        TypedJson.write(json, entry.key().attributes());
        json.writeStringField("content", entry.content().hex());
        if (entry.expires().isPresent()) {
            json.writeNumberField("expires", entry.expires().get().at().getEpochSecond());
        }
        if (entry.operation().before().isPresent()) {
            json.writeFieldName("before");
            TypedJson.write(json, entry.operation().before().get());
        }
        switch (entry.operation()) {
            case Operation.Update update -> UpdateCodec.write(json, update);
            case Operation.Disclaimed(var outcome) -> json.writeStringField("outcome", outcome.word());
            case Operation.Create _,
                    Operation.Replace _,
                    Operation.Delete _,
                    Operation.Identical _,
                    Operation.Skipped _,
                    Operation.LeftOut _ -> {}
        }
        json.writeObjectFieldStart("origin");
        json.writeFieldName("source");
        TypedJson.write(json, entry.origin().key().attributes());
        json.writeStringField("content", entry.origin().content().hex());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String word(Operation operation) {
        return switch (operation) {
            case Operation.Create _ -> "create";
            case Operation.Replace _ -> "replace";
            case Operation.Update _ -> "update";
            case Operation.Delete _ -> "delete";
            case Operation.Identical _ -> "identical";
            case Operation.Skipped _ -> "skipped";
            case Operation.LeftOut _ -> "leftOut";
            case Operation.Disclaimed _ -> "disclaimed";
        };
    }

    private static LogEntry read(JsonParser json) throws IOException {
        var line = new Line();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var name = json.currentName();
            json.nextToken();
            line.field(name, json);
        }
        return new LogEntry(
                required(line.origin, "an origin"),
                new Key(line.key),
                line.operation(),
                Digest.ofHex(line.content),
                line.expires,
                line.table);
    }

    private static <T> T required(Optional<T> field, String what) throws IOException {
        return field.orElseThrow(() -> new IOException("an operation without " + what));
    }

    /** The fields of a line, as far as they were read. */
    private static final class Line {
        private Map<String, AttributeValue> key = Map.of();
        private Optional<Map<String, AttributeValue>> before = Optional.empty();
        private Optional<Map<String, Touched>> touched = Optional.empty();
        private Optional<Map<String, Optional<AttributeValue>>> read = Optional.empty();
        private Optional<Digest> rest = Optional.empty();
        private Optional<Counted> outcome = Optional.empty();
        private Optional<Expiry> expires = Optional.empty();
        private Optional<Origin> origin = Optional.empty();
        private Optional<TableName> table = Optional.empty();
        private String content = "";
        private String word = "";

        void field(String name, JsonParser json) throws IOException {
            switch (name) {
                case "operation" -> word = json.getText();
                case "table" -> table = Optional.of(new TableName(json.getText()));
                case "key" -> key = TypedJson.read(json);
                case "content" -> content = json.getText();
                case "expires" -> expires = Optional.of(new Expiry(Instant.ofEpochSecond(json.getLongValue())));
                case "before" -> before = Optional.of(TypedJson.read(json));
                case "touched" -> touched = Optional.of(UpdateCodec.touched(json));
                case "read" -> read = Optional.of(UpdateCodec.values(json));
                case "rest" -> rest = Optional.of(Digest.ofHex(json.getText()));
                case "outcome" -> outcome = Optional.of(Counted.of(json.getText()));
                case "origin" -> origin = Optional.of(LogCodec.origin(json));
                default -> json.skipChildren();
            }
        }

        Operation operation() throws IOException {
            return switch (word) {
                case "create" -> new Operation.Create();
                case "replace" -> new Operation.Replace(required(before, "what was replaced"));
                case "update" ->
                    new Operation.Update(
                            required(touched, "what is touched"),
                            required(read, "what was read"),
                            required(rest, "the digest of the rest"));
                case "delete" -> new Operation.Delete(required(before, "what was deleted"));
                case "identical" -> new Operation.Identical();
                case "skipped" -> new Operation.Skipped();
                case "leftOut" -> new Operation.LeftOut();
                case "disclaimed" -> new Operation.Disclaimed(required(outcome, "an outcome"));
                default -> throw new IOException("there is no operation " + word);
            };
        }
    }

    private static Origin origin(JsonParser json) throws IOException {
        Map<String, AttributeValue> key = Map.of();
        var content = "";
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var name = json.currentName();
            json.nextToken();
            switch (name) {
                case "source" -> key = TypedJson.read(json);
                case "content" -> content = json.getText();
                default -> json.skipChildren();
            }
        }
        return new Origin(new Key(key), Digest.ofHex(content));
    }
}
