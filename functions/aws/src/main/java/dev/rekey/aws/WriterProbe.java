package dev.rekey.aws;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.store.Tables.Expected;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Tries what a writer of a table does. The service looks at the permission before it looks at the condition; the
 * conditions ask for an item that only this class would write, and it never does. BatchWriteItem knows no condition, so
 * it is not tried.
 */
record WriterProbe(Tables tables, TableShape table) {
    private static final String MARK = "rekey-permission-probe";

    List<String> denied(Tables.Writing writing) {
        var key = new HashMap<String, AttributeValue>();
        table.keyAttributes().forEach(attribute -> key.put(attribute.name(), value(attribute)));
        var marked = new HashMap<>(key);
        marked.put(MARK, AttributeValue.fromS(MARK));
        // A put whose condition held would find this very item and put it again.
        var condition = new Expected.Attributes(marked);
        var name = table.table();
        var denied = new ArrayList<String>();
        request(denied, () -> tables.read(name, List.of(new Key(key))));
        switch (writing) {
            case ITEMS -> {
                request(denied, () -> tables.put(name, marked, condition));
                request(
                        denied,
                        () -> tables.delete(
                                name, new Key(key), new Expected.Attributes(Map.of(MARK, marked.get(MARK)))));
            }
            case ATTRIBUTES -> {
                var mark = Optional.of(marked.get(MARK));
                request(
                        denied,
                        () -> tables.update(new Tables.Update(
                                name, new Key(key), Map.of(MARK, mark), Map.of(MARK, mark.get()), Set.of())));
            }
        }
        return denied;
    }

    private static AttributeValue value(KeyAttribute attribute) {
        return switch (attribute.type()) {
            case S -> AttributeValue.fromS(MARK);
            case N -> AttributeValue.fromN("-0.5");
            case B -> AttributeValue.fromB(SdkBytes.fromUtf8String(MARK));
        };
    }

    /** Whatever else goes wrong says nothing about permissions; the run will meet it. */
    private static void request(List<String> denied, Runnable request) {
        try {
            request.run();
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.DENIED) {
                denied.add(e.getMessage());
            }
        }
    }
}
