package dev.rekey.core.identity;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The families of a plan whose ids can be referred to: those of tables with a {@code self} key attribute. */
public final class Families {
    private final Map<FamilyName, Family> byName;

    private Families(Map<FamilyName, Family> byName) {
        this.byName = byName;
    }

    /**
     * Takes each family's type from the {@code self} key attribute of its table, the partition key if both are.
     *
     * @param sourceShapes by the plan's names; must hold every table of the plan
     * @throws IllegalArgumentException if a shape is missing
     */
    public static Families of(Plan plan, Map<TableName, TableShape> sourceShapes) {
        var byName = new LinkedHashMap<FamilyName, Family>();
        for (var table : plan.tables()) {
            var shape = sourceShapes.get(table.name());
            if (shape == null) {
                throw new IllegalArgumentException("the shape of table " + table.name() + " is not given");
            }
            selfAttribute(table, shape)
                    .ifPresent(self -> byName.putIfAbsent(
                            table.family(), new Family(table.family(), table.identity(), self.type())));
        }
        return new Families(Collections.unmodifiableMap(byName));
    }

    public Optional<Family> find(FamilyName name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** In the order in which the plan's tables name them first. */
    public Collection<Family> all() {
        return byName.values();
    }

    /** The key attribute that holds the records' own identity: the first whose role is {@code self}. */
    public static Optional<KeyAttribute> selfAttribute(TablePlan table, TableShape shape) {
        return KeyRoles.self(table, shape);
    }

    /** What {@code attribute} of the table's key holds: as the plan says, or by default. */
    public static KeyRole role(TablePlan table, TableShape shape, KeyAttribute attribute) {
        return KeyRoles.of(table, shape).get(attribute.name());
    }
}
