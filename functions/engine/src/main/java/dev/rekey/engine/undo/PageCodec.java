package dev.rekey.engine.undo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.rekey.core.item.Digest;
import dev.rekey.core.item.Expiry;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.TypedJson;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.FastGzip;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A page object's bytes: gzip of JSON lines, the header first, then one line a record. */
final class PageCodec {
    private static final JsonFactory JSON = TypedJson.factory();
    private static final String ORIGIN = "source";

    private PageCodec() {}

    static byte[] encode(Page page) {
        var bytes = new ByteArrayOutputStream(32 + page.entries().size() * 64);
        try (var zipped = new FastGzip(bytes)) {
            zipped.write(Documents.encode(page.header()));
            zipped.write('\n');
            try (var json = JSON.createGenerator(zipped)) {
                json.setRootValueSeparator(null);
                for (var entry : page.entries()) {
                    write(json, entry);
                    json.writeRaw('\n');
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    static Page decode(ObjectKey key, byte[] content) {
        try (var lines =
                new BufferedReader(new InputStreamReader(FastGzip.unzipped(content), StandardCharsets.UTF_8))) {
            var header = Documents.decode(key, lines.readLine().getBytes(StandardCharsets.UTF_8), Page.Header.class);
            var entries = new ArrayList<PageEntry>();
            try (var json = JSON.createParser(lines)) {
                while (json.nextToken() != null) {
                    entries.add(read(json));
                }
            }
            return new Page(header, entries);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot read " + key + ": it is no page object of format " + Page.FORMAT
                            + ". Nothing was changed. Restore an earlier version of the object.",
                    e);
        }
    }

    private static void write(JsonGenerator json, PageEntry entry) throws IOException {
        json.writeStartObject();
        json.writeFieldName("old");
        TypedJson.write(json, entry.oldKey().attributes());
        json.writeFieldName("new");
        TypedJson.write(json, entry.newKey().attributes());
        json.writeStringField("source", entry.source().hex());
        json.writeStringField("target", entry.target().hex());
        json.writeStringField("outcome", entry.outcome().word());
        json.writeStringField("operation", entry.operation().word());
        if (entry.expires().isPresent()) {
            json.writeNumberField("expires", entry.expires().get().at().getEpochSecond());
        }
        if (entry.before().isPresent()) {
            json.writeFieldName("before");
            TypedJson.write(json, entry.before().get());
        }
        json.writeStringField("origin", ORIGIN);
        json.writeEndObject();
    }

    private static PageEntry read(JsonParser json) throws IOException {
        Map<String, AttributeValue> oldKey = Map.of();
        Map<String, AttributeValue> newKey = Map.of();
        Optional<Map<String, AttributeValue>> before = Optional.empty();
        Optional<Expiry> expires = Optional.empty();
        var source = "";
        var target = "";
        var outcome = "";
        var operation = "";
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var name = json.currentName();
            json.nextToken();
            switch (name) {
                case "old" -> oldKey = TypedJson.read(json);
                case "new" -> newKey = TypedJson.read(json);
                case "before" -> before = Optional.of(TypedJson.read(json));
                case "source" -> source = json.getText();
                case "target" -> target = json.getText();
                case "outcome" -> outcome = json.getText();
                case "operation" -> operation = json.getText();
                case "expires" -> expires = Optional.of(new Expiry(Instant.ofEpochSecond(json.getLongValue())));
                default -> json.skipChildren();
            }
        }
        return new PageEntry(
                new Key(oldKey),
                new Key(newKey),
                Digest.ofHex(source),
                Digest.ofHex(target),
                RecordOutcome.of(outcome),
                Operation.of(operation),
                expires,
                before);
    }
}
