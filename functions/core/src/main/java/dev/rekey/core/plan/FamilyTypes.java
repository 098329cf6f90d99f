package dev.rekey.core.plan;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.TableShape;
import java.util.Map;
import java.util.TreeMap;

/** The type of each family's old ids: as declared, or that of the key attribute of its tables that is {@code self}. */
public final class FamilyTypes {
    private FamilyTypes() {}

    /**
     * @param shapes of the source tables; a table without one is passed over
     * @return without the families that no such table has a {@code self} key attribute for
     */
    public static Map<FamilyName, KeyType> of(Plan plan, Map<TableName, TableShape> shapes) {
        var types = new TreeMap<FamilyName, KeyType>();
        plan.declared()
                .families()
                .forEach(family -> types.put(family.name(), family.rule().ids().old()));
        for (var table : plan.tables()) {
            if (shapes.containsKey(table.name())) {
                KeyRoles.self(table, shapes.get(table.name()))
                        .ifPresent(attribute -> types.putIfAbsent(table.family(), attribute.type()));
            }
        }
        return types;
    }
}
