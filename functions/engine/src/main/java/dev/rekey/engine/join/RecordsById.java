package dev.rekey.engine.join;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.scan.Source;
import dev.rekey.engine.store.Concurrency;
import dev.rekey.engine.store.Invocation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Finds records of a table by their own identities: in batches where the identity is the whole key, one by one where it is
 * the partition key, and else by one scan.
 *
 * @param self the key attribute that holds the identities
 */
public record RecordsById(TableShape shape, KeyAttribute self, Source records, Concurrency concurrency) {
    /** @throws IllegalArgumentException if the records of {@code table} have no identity */
    public static RecordsById of(TablePlan table, TableShape shape, Source records, Concurrency concurrency) {
        var self = KeyRoles.self(table, shape)
                .orElseThrow(() -> new IllegalArgumentException("records of " + table.name() + " have no identity"));
        return new RecordsById(shape, self, records, concurrency);
    }

    /** As the records are now, in the order of {@code ids}; without those that do not exist. */
    public Map<OldId, List<Map<String, AttributeValue>>> find(Collection<OldId> ids) {
        return find(ids, Integer.MAX_VALUE);
    }

    /** @param most reading ends when there are so many of an id */
    public Map<OldId, List<Map<String, AttributeValue>>> find(Collection<OldId> ids, int most) {
        var found = new LinkedHashMap<OldId, List<Map<String, AttributeValue>>>();
        ids.forEach(id -> found.put(id, new ArrayList<>()));
        all(List.copyOf(found.keySet()), most).forEach(record -> {
            if (OldId.read(self.type(), record.get(self.name())) instanceof OldId id) {
                found.get(id).add(record);
            }
        });
        found.values().removeIf(List::isEmpty);
        return found;
    }

    private Collection<Map<String, AttributeValue>> all(List<OldId> ids, int most) {
        if (shape.keyAttributes().equals(List.of(self))) {
            return records.find(
                    shape,
                    ids.stream()
                            .map(id -> new Key(Map.of(self.name(), id.value())))
                            .toList());
        }
        if (!self.equals(shape.partitionKey())) {
            return records.find(shape, self, ids.stream().map(OldId::value).toList());
        }
        var one = ids.stream()
                .<Supplier<List<Map<String, AttributeValue>>>>map(
                        id -> () -> records.find(shape, self, id.value(), most))
                .toList();
        return concurrency.all(one, Invocation.REQUESTS_AT_ONCE).stream()
                .flatMap(List::stream)
                .toList();
    }
}
