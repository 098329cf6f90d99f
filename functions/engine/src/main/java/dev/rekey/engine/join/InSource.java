package dev.rekey.engine.join;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.scan.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the source holds of an identity now. Reads no table as a whole. */
public final class InSource {
    private final RunContext run;
    private final Source source;
    /** Mappings are made when they are asked for, which is seldom; requests run side by side. */
    private final Map<TableName, RecordMapping> mappings = new ConcurrentHashMap<>();

    public InSource(RunContext run, Source source) {
        this.run = run;
        this.source = source;
    }

    /**
     * What the source holds of an identity.
     *
     * @param records that the plan includes
     * @param complete false if the identity is no partition key and no key of a record that has it is known
     */
    public record Answer(List<Map<String, AttributeValue>> records, boolean complete) {}

    /** @param keys of source records that had the identity when they were read, as DynamoDB JSON */
    public Answer of(FamilyName family, OldId id, List<String> keys) {
        var found = new ArrayList<Map<String, AttributeValue>>();
        boolean complete = true;
        for (var table : run.known().tables()) {
            if (table.family().equals(family)) {
                boolean queried = isPartitionKey(table);
                complete &= queried || !keys.isEmpty();
                var there = queried ? query(table, id) : read(table, keys);
                there.stream().filter(record -> moves(table, record)).forEach(found::add);
            }
        }
        return new Answer(found, complete);
    }

    private boolean isPartitionKey(TablePlan table) {
        var shape = shape(table);
        return KeyRoles.self(table, shape).filter(shape.partitionKey()::equals).isPresent();
    }

    private Collection<Map<String, AttributeValue>> query(TablePlan table, OldId id) {
        var shape = shape(table);
        return source.find(shape, shape.partitionKey(), id.value(), Integer.MAX_VALUE);
    }

    private Collection<Map<String, AttributeValue>> read(TablePlan table, List<String> keys) {
        var shape = shape(table);
        var names = shape.keyAttributes().stream().map(KeyAttribute::name).collect(Collectors.toSet());
        var ofTable = keys.stream()
                .map(text -> new Key(TypedJson.parse(text)))
                .filter(key -> isKeyOf(key, names))
                .distinct()
                .toList();
        return source.find(shape, ofTable);
    }

    private static boolean isKeyOf(Key key, Set<String> names) {
        return key.attributes().keySet().equals(names);
    }

    private boolean moves(TablePlan table, Map<String, AttributeValue> record) {
        return Existence.moves(mappings.computeIfAbsent(table.name(), run::mapping), record);
    }

    private TableShape shape(TablePlan table) {
        return run.manifest().shapes(table.name()).source();
    }
}
