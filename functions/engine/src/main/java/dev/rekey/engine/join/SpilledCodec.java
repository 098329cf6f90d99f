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
import dev.rekey.core.item.Digest;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.TableName;
import java.io.IOException;
import java.util.Optional;

/**
 * Writes a line as a list: its kind, then its fields without what follows from the rest. There are several lines for each
 * record, and nothing else is written as often.
 */
final class SpilledCodec {
    private SpilledCodec() {}

    private enum Kind {
        DEFINED,
        OUTSIDE,
        USED,
        ORPHANED,
        REMOVED,
        LOGGED,
        SUPERSEDED,
        WROTE,
        DELETED,
        LATE,
        LEFT_OUT,
        PRESENT,
        UNIQUE,
        HELD,
        CLAIMED,
        PARENT,
        KNOWN,
        SEEN,
        COMPOSED,
        EXAMPLE,
        READ;

        static Kind of(Spilled line) {
            return switch (line) {
                case Spilled.Defined _ -> DEFINED;
                case Spilled.Outside _ -> OUTSIDE;
                case Spilled.Used _ -> USED;
                case Spilled.Orphaned _ -> ORPHANED;
                case Spilled.Removed _ -> REMOVED;
                case Spilled.Logged _ -> LOGGED;
                case Spilled.Superseded _ -> SUPERSEDED;
                case Spilled.Wrote _ -> WROTE;
                case Spilled.Deleted _ -> DELETED;
                case Spilled.Late _ -> LATE;
                case Spilled.LeftOut _ -> LEFT_OUT;
                case Spilled.Present _ -> PRESENT;
                case Spilled.Unique _ -> UNIQUE;
                case Spilled.Held _ -> HELD;
                case Spilled.Claimed _ -> CLAIMED;
                case Spilled.Parent _ -> PARENT;
                case Spilled.Known _ -> KNOWN;
                case Spilled.Values values -> values.isOfKey() ? COMPOSED : SEEN;
                case Spilled.Example _ -> EXAMPLE;
                case Spilled.Read _ -> READ;
            };
        }
    }

    static final class Writer extends JsonSerializer<Spilled> {
        @Override
        public void serialize(Spilled line, JsonGenerator json, SerializerProvider serializers) throws IOException {
            json.writeStartArray();
            json.writeString(Kind.of(line).name());
            switch (line) {
                case Spilled.Defined(var id, var record) -> {
                    id(id, json);
                    json.writeString(record);
                }
                case Spilled.Outside(var id) -> id(id, json);
                case Spilled.Referring reference -> reference(reference, json);
                case Spilled.OfKey key -> key(key, json);
                case Spilled.Wrote(var table, var key, var attribute, var wrote) ->
                    texts(json, table.value(), key, attribute, wrote.hex());
                case Spilled.Deleted(var table, var key, var content) -> texts(json, table.value(), key, content.hex());
                case Spilled.Checked check -> check(check, json);
                case Spilled.Hashed values -> {
                    values(values, json);
                    serializers.defaultSerializeValue(values.seen(), json);
                }
            }
            json.writeEndArray();
        }

        private static void reference(Spilled.Referring line, JsonGenerator json) throws IOException {
            id(line.id(), json);
            texts(
                    json,
                    line.at().table().value(),
                    line.at().path(),
                    line.at().onOrphan().name(),
                    line.record());
            json.writeNumber(line.count());
        }

        private static void key(Spilled.OfKey line, JsonGenerator json) throws IOException {
            texts(json, line.table().value(), line.key());
            switch (line) {
                case Spilled.Logged logged -> {
                    json.writeString(Long.toHexString(logged.source()));
                    json.writeString(logged.wrote().map(Digest::hex).orElse(""));
                }
                case Spilled.Late late ->
                    texts(json, late.source(), late.content().hex());
                case Spilled.Superseded _, Spilled.LeftOut _, Spilled.Present _ -> {}
            }
        }

        private static void check(Spilled.Checked line, JsonGenerator json) throws IOException {
            texts(json, line.group(), line.table().value(), line.path(), line.record());
            switch (line) {
                case Spilled.Unique _ -> {}
                case Spilled.Held held -> json.writeString(held.value());
                case Spilled.Claimed claimed -> json.writeString(claimed.value());
                case Spilled.Parent parent -> json.writeString(parent.parent());
            }
        }

        private static void values(Spilled.Hashed line, JsonGenerator json) throws IOException {
            switch (line) {
                case Spilled.Known known -> json.writeString(known.family().value());
                case Spilled.Values values -> where(values.where(), json);
                case Spilled.Example example -> {
                    json.writeString(example.record());
                    where(example.where(), json);
                }
                case Spilled.Read _ -> {}
            }
        }

        private static void id(Spilled.Identified id, JsonGenerator json) throws IOException {
            texts(
                    json,
                    id.family().value(),
                    id.group().substring(start(id.family()).length()),
                    id.old().type().name(),
                    id.old().canonical());
        }

        private static void where(Place where, JsonGenerator json) throws IOException {
            texts(json, where.table().value(), where.path());
            if (where.part() instanceof Place.Piece(var shape, var place, var after, var letters)) {
                texts(json, shape, place, after);
                json.writeBoolean(letters);
            }
        }

        private static void texts(JsonGenerator json, String... texts) throws IOException {
            for (var text : texts) {
                json.writeString(text);
            }
        }
    }

    static final class Reader extends JsonDeserializer<Spilled> {
        @Override
        public Spilled deserialize(JsonParser json, DeserializationContext context) throws IOException {
            try {
                var line = new Fields(json, context).line();
                if (json.nextToken() == JsonToken.END_ARRAY) {
                    return line;
                }
            } catch (IllegalArgumentException e) {
                throw JsonMappingException.from(json, "not a line of a spill", e);
            }
            throw JsonMappingException.from(json, "a line of a spill goes on after its end");
        }
    }

    /** The fields of one line, in their order. */
    private record Fields(JsonParser json, DeserializationContext context) {
        Spilled line() throws IOException {
            return switch (Kind.valueOf(text())) {
                case DEFINED -> new Spilled.Defined(id(), text());
                case OUTSIDE -> new Spilled.Outside(id());
                case USED -> new Spilled.Used(id(), holder(), text(), count());
                case ORPHANED -> new Spilled.Orphaned(id(), holder(), text(), count());
                case REMOVED -> new Spilled.Removed(id(), holder(), text(), count());
                case LOGGED -> new Spilled.Logged(table(), text(), Long.parseUnsignedLong(text(), 16), wrote());
                case WROTE -> new Spilled.Wrote(table(), text(), text(), Digest.ofHex(text()));
                case DELETED -> new Spilled.Deleted(table(), text(), Digest.ofHex(text()));
                case SUPERSEDED -> new Spilled.Superseded(table(), text());
                case LATE -> new Spilled.Late(table(), text(), text(), Digest.ofHex(text()));
                case LEFT_OUT -> new Spilled.LeftOut(table(), text());
                case PRESENT -> new Spilled.Present(table(), text());
                case UNIQUE -> new Spilled.Unique(text(), table(), text(), text());
                case HELD -> new Spilled.Held(text(), table(), text(), text(), text());
                case CLAIMED -> new Spilled.Claimed(text(), table(), text(), text(), text());
                case PARENT -> new Spilled.Parent(text(), table(), text(), text(), text());
                case KNOWN -> new Spilled.Known(new FamilyName(text()), seen());
                case SEEN -> values();
                case COMPOSED -> pieces();
                case EXAMPLE -> {
                    var record = text();
                    var pieces = pieces();
                    yield new Spilled.Example(pieces.where(), pieces.seen(), record);
                }
                case READ -> new Spilled.Read(seen());
            };
        }

        private Spilled.Identified id() throws IOException {
            var family = new FamilyName(text());
            return new Spilled.Identified(start(family) + text(), family, new OldId(KeyType.valueOf(text()), text()));
        }

        private Spilled.Holder holder() throws IOException {
            return new Spilled.Holder(table(), text(), OnOrphan.valueOf(text()));
        }

        private Optional<Digest> wrote() throws IOException {
            return Optional.of(text()).filter(hex -> !hex.isEmpty()).map(Digest::ofHex);
        }

        private Spilled.Values values() throws IOException {
            var table = table();
            var path = text();
            var seen = seen();
            return new Spilled.Values(new Place(table, path, new Place.Numbered(seen.part()), seen.type()), seen);
        }

        private Spilled.Values pieces() throws IOException {
            var table = table();
            var attribute = text();
            var piece = new Place.Piece(text(), text(), text(), truth());
            var seen = seen();
            return new Spilled.Values(new Place(table, attribute, piece, seen.type()), seen);
        }

        private TableName table() throws IOException {
            return new TableName(text());
        }

        private String text() throws IOException {
            var text = json.nextTextValue();
            if (text == null) {
                throw new IllegalArgumentException("a text is missing");
            }
            return text;
        }

        private long count() throws IOException {
            if (json.nextToken() != JsonToken.VALUE_NUMBER_INT) {
                throw new IllegalArgumentException("a number is missing");
            }
            return json.getLongValue();
        }

        private boolean truth() throws IOException {
            var truth = json.nextBooleanValue();
            if (truth == null) {
                throw new IllegalArgumentException("true or false is missing");
            }
            return truth;
        }

        private Seen seen() throws IOException {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("values are missing");
            }
            return context.readValue(json, Seen.class);
        }
    }

    /** How the groups of a family's identities begin. */
    private static String start(FamilyName family) {
        return Spill.idGroup(family, "");
    }
}
