package dev.rekey.engine.proof;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.InMemoryTables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tables and items of exhibits. */
final class Items {
    private Items() {}

    static TableShape shape(String name, String key, KeyType type, Optional<KeyAttribute> sort) {
        return new TableShape(
                new PhysicalTable(name), "000000000000", "eu-west-1", new KeyAttribute(key, type), sort, Map.of());
    }

    static void load(InMemoryTables tables, String table, Map<String, AttributeValue> item) {
        tables.load(new PhysicalTable(table), List.of(item));
    }

    /** An attribute of every type. */
    static Map<String, AttributeValue> everyType(int i) {
        return item(
                "s",
                text("text " + i),
                "n",
                AttributeValue.fromN("1234567890123456789012345678901234567" + i),
                "b",
                binary(0, i),
                "bool",
                AttributeValue.fromBool(i % 2 == 0),
                "nul",
                AttributeValue.fromNul(true),
                "ss",
                AttributeValue.fromSs(List.of("z", "a" + i)),
                "ns",
                AttributeValue.fromNs(List.of("3", "1.5", "" + (10 + i))),
                "bs",
                AttributeValue.fromBs(List.of(SdkBytes.fromByteArray(new byte[] {(byte) i}))),
                "l",
                AttributeValue.fromL(List.of(text(""), AttributeValue.fromN("0"))),
                "m",
                AttributeValue.fromM(item("inner", AttributeValue.fromBool(true))));
    }

    static Map<String, AttributeValue> item(Object... namesAndValues) {
        var item = new LinkedHashMap<String, AttributeValue>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            item.put((String) namesAndValues[i], (AttributeValue) namesAndValues[i + 1]);
        }
        return item;
    }

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue binary(int... bytes) {
        var content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return AttributeValue.fromB(SdkBytes.fromByteArray(content));
    }
}
