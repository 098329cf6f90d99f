package dev.rekey.engine.join;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.Spilled.Kind;
import java.io.IOException;
import java.util.Optional;

/**
 * Writes a line as a list without what follows from the rest: there are several lines for each record, and nothing else is
 * written as often.
 */
final class SpilledCodec {
    private static final String NO_LINE = "not a line of a spill";

    private SpilledCodec() {}

    static final class Writer extends JsonSerializer<Spilled> {
        @Override
        public void serialize(Spilled line, JsonGenerator json, SerializerProvider serializers) throws IOException {
            json.writeStartArray();
            json.writeString(line.kind().name());
            json.writeString(line.table() == null ? null : line.table().value());
            json.writeString(line.path());
            json.writeString(line.example());
            if (isKey(line.kind())) {
                if (line.value() != null) {
                    json.writeString(line.value());
                }
            } else {
                json.writeString(line.family() == null ? null : line.family().value());
                json.writeString(
                        line.group() == null
                                ? null
                                : line.group().substring(start(line.family()).length()));
                json.writeString(line.old() == null ? null : line.old().type().name());
                json.writeString(line.old() == null ? null : line.old().canonical());
                json.writeString(
                        line.onOrphan() == null ? null : line.onOrphan().name());
                json.writeNumber(line.count());
                if (line.value() != null || line.seen() != null) {
                    json.writeString(line.value());
                    serializers.defaultSerializeValue(line.seen(), json);
                }
            }
            json.writeEndArray();
        }
    }

    static final class Reader extends JsonDeserializer<Spilled> {
        @Override
        public Spilled deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                return context.readValue(json, Named.class).line();
            }
            try {
                var line = line(json, context);
                if (json.currentToken() == JsonToken.END_ARRAY) {
                    return line;
                }
            } catch (IllegalArgumentException e) {
                throw JsonMappingException.from(json, NO_LINE, e);
            }
            throw JsonMappingException.from(json, NO_LINE);
        }

        private static Spilled line(JsonParser json, DeserializationContext context) throws IOException {
            var kind = Kind.valueOf(Optional.ofNullable(json.nextTextValue()).orElse(""));
            var tableName = json.nextTextValue();
            var table = tableName == null ? null : new TableName(tableName);
            var path = json.nextTextValue();
            var example = json.nextTextValue();
            if (isKey(kind)) {
                var value = json.nextTextValue();
                if (value != null) {
                    json.nextToken();
                }
                var group = Spilled.keyGroup(table, example);
                return new Spilled(kind, group, null, null, table, null, null, example, value, 1, null);
            }
            var familyName = json.nextTextValue();
            var family = familyName == null ? null : new FamilyName(familyName);
            var group = json.nextTextValue();
            var type = json.nextTextValue();
            var canonical = json.nextTextValue();
            var onOrphan = json.nextTextValue();
            long count = json.nextLongValue(0);
            String value = null;
            Seen seen = null;
            if (json.nextToken() != JsonToken.END_ARRAY) {
                value = json.getValueAsString();
                seen = json.nextToken() == JsonToken.VALUE_NULL ? null : context.readValue(json, Seen.class);
                json.nextToken();
            }
            return new Spilled(
                    kind,
                    group == null ? null : start(family) + group,
                    family,
                    type == null ? null : new OldId(KeyType.valueOf(type), canonical),
                    table,
                    path,
                    onOrphan == null ? null : OnOrphan.valueOf(onOrphan),
                    example,
                    value,
                    count,
                    seen);
        }
    }

    /** A line as the first version of Rekey wrote it, every field by its name: a run may be under way while it is upgraded. */
    private record Named(
            Kind kind,
            String group,
            FamilyName family,
            OldId old,
            TableName table,
            String path,
            OnOrphan onOrphan,
            String example,
            String value,
            long count,
            Seen seen) {
        Spilled line() {
            return new Spilled(kind, group, family, old, table, path, onOrphan, example, value, count, seen);
        }
    }

    /** How the groups of lines with a family begin: all are identities of that family. */
    private static String start(FamilyName family) {
        return family == null ? "" : Spill.idGroup(family, "");
    }

    /** A target key: its group follows from table and example. */
    private static boolean isKey(Kind kind) {
        return kind == Kind.LOGGED || kind == Kind.PRESENT || kind == Kind.LATE;
    }
}
