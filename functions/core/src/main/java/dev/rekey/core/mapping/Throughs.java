package dev.rekey.core.mapping;

import dev.rekey.core.identity.Families;
import dev.rekey.core.item.Digest;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.plan.TablePlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The values of a table's records that are taken through references. */
final class Throughs {
    private static final String RECORD = "record";
    private static final String TAKEN = "taken";

    private final SortedMap<String, Through> byAttribute = new TreeMap<>();

    Throughs(TablePlan table, Families families, Absences absences, Taken taken) {
        table.set()
                .forEach((name, rule) -> rule.through()
                        .ifPresent(through -> byAttribute.put(
                                name,
                                new Through(rule.option() + "." + name, through, table, families, absences, taken))));
    }

    boolean isEmpty() {
        return byAttribute.isEmpty();
    }

    Through get(String attribute) {
        return byAttribute.get(attribute);
    }

    /** The references through which a value of {@code record} is taken. */
    List<ReferenceUse.Used> uses(Map<String, AttributeValue> record) {
        var uses = new ArrayList<ReferenceUse.Used>();
        for (var through : byAttribute.values()) {
            if (through.use(record).orElse(null) instanceof ReferenceUse.Used used) {
                uses.add(used);
            }
        }
        return uses;
    }

    /** Digest of what decides about {@code record}: its content, and what is taken from others. */
    Digest digest(Map<String, AttributeValue> record) {
        if (byAttribute.isEmpty()) {
            return RecordDigest.of(record);
        }
        var taken = new HashMap<String, AttributeValue>();
        byAttribute.forEach((name, through) -> {
            try {
                through.of(record).ifPresent(value -> taken.put(name, value));
            } catch (UnmappableException e) {
                taken.put(name, AttributeValue.fromM(Map.of(e.unmappable().id(), AttributeValue.fromNul(true))));
            }
        });
        return RecordDigest.of(Map.of(RECORD, AttributeValue.fromM(record), TAKEN, AttributeValue.fromM(taken)));
    }
}
