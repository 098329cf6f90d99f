package dev.rekey.engine.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.Fingerprint;
import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.TableName;
import java.io.IOException;
import java.util.function.Function;

/** Writes names, which are records of one field in Java, as plain strings. */
final class OneFieldRecords extends SimpleModule {
    private static final long serialVersionUID = 1;

    OneFieldRecords() {
        name(TableName.class, TableName::value, TableName::new);
        name(FamilyName.class, FamilyName::value, FamilyName::new);
        name(PhysicalTable.class, PhysicalTable::name, PhysicalTable::new);
        name(PlanName.class, PlanName::value, PlanName::new);
        name(Fingerprint.class, Fingerprint::hex, Fingerprint::new);
    }

    private <T> void name(Class<T> type, Function<T, String> toText, Function<String, T> fromText) {
        addSerializer(type, new JsonSerializer<T>() {
            @Override
            public void serialize(T value, JsonGenerator json, SerializerProvider unused) throws IOException {
                json.writeString(toText.apply(value));
            }
        });
        addDeserializer(type, new JsonDeserializer<T>() {
            @Override
            public T deserialize(JsonParser json, DeserializationContext unused) throws IOException {
                return fromText.apply(json.getValueAsString());
            }
        });
        addKeySerializer(type, new JsonSerializer<T>() {
            @Override
            public void serialize(T value, JsonGenerator json, SerializerProvider unused) throws IOException {
                json.writeFieldName(toText.apply(value));
            }
        });
        addKeyDeserializer(type, new KeyDeserializer() {
            @Override
            public Object deserializeKey(String key, DeserializationContext unused) {
                return fromText.apply(key);
            }
        });
    }
}
