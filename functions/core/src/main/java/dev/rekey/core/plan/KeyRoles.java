package dev.rekey.core.plan;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.TableShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The role of each key attribute of a table, once its shape is known. */
public final class KeyRoles {
    private KeyRoles() {}

    /**
     * The role of each key attribute by name, partition key first. What the plan does not say: the partition key is
     * {@link KeyRole.Self}, a sort key {@link KeyRole.Keep}.
     */
    public static Map<String, KeyRole> of(TablePlan table, TableShape shape) {
        var roles = new LinkedHashMap<String, KeyRole>();
        for (var attribute : shape.keyAttributes()) {
            // Records that belong to no table of the plan have no identity that it knows.
            boolean isId = attribute.equals(shape.partitionKey()) && !table.isRest();
            var otherwise = isId ? new KeyRole.Self() : new KeyRole.Keep();
            roles.put(attribute.name(), table.key().getOrDefault(attribute.name(), otherwise));
        }
        return roles;
    }

    /** The families that the plan names in {@code table}'s key. */
    public static Stream<FamilyName> families(TablePlan table) {
        return table.key().values().stream()
                .filter(KeyRole.Refers.class::isInstance)
                .map(role -> ((KeyRole.Refers) role).family());
    }

    /** The key attribute that holds the table's own identity; empty if its key is made of other things. */
    public static Optional<KeyAttribute> self(TablePlan table, TableShape shape) {
        return selves(table, shape).stream().findFirst();
    }

    public static List<KeyAttribute> selves(TablePlan table, TableShape shape) {
        var roles = of(table, shape);
        return shape.keyAttributes().stream()
                .filter(attribute -> roles.get(attribute.name()) instanceof KeyRole.Self)
                .toList();
    }
}
