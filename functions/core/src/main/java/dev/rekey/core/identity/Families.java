package dev.rekey.core.identity;

import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The families of a plan whose ids can be referred to, those of tables with a {@code self} key attribute and those that
 * the plan declares, and the rule of each, compiled. Built once for all mappings; may be used by several threads at once.
 */
public final class Families {
    private final Map<FamilyName, Derivation> byName;

    private Families(Map<FamilyName, Derivation> byName) {
        this.byName = byName;
    }

    /** @throws IllegalArgumentException if the rule of one cannot be compiled, or two have one name */
    public static Families of(Collection<Family> families) {
        return of(families, Map.of());
    }

    private static Families of(Collection<Family> families, Map<FamilyName, Mapping> mappings) {
        var byName = new LinkedHashMap<FamilyName, Derivation>();
        for (var family : families) {
            var mapping = mappings.get(family.name());
            var rule = mapping == null ? Derivation.of(family) : Derivation.of(family, mapping);
            if (byName.put(family.name(), rule) != null) {
                throw new IllegalArgumentException("two families are called " + family.name());
            }
        }
        return new Families(Collections.unmodifiableMap(byName));
    }

    /**
     * Takes each family's type from the {@code self} key attribute of its table, the partition key if both are.
     *
     * @param sourceShapes by the plan's names; must hold every table of the plan
     * @throws IllegalArgumentException if a shape is missing, or a rule cannot be compiled
     */
    public static Families of(Plan plan, Map<TableName, TableShape> sourceShapes) {
        return of(plan, sourceShapes, Map.of());
    }

    /**
     * The same for a plan that declares families.
     *
     * @param mappings of the declared families
     * @throws IllegalArgumentException if a shape or a mapping is missing, or a rule cannot be compiled
     */
    public static Families of(Plan plan, Map<TableName, TableShape> sourceShapes, Map<FamilyName, Mapping> mappings) {
        var byName = new LinkedHashMap<FamilyName, Family>();
        plan.declared()
                .families()
                .forEach(family -> byName.put(
                        family.name(),
                        new Family(
                                family.name(),
                                family.rule(),
                                family.rule().ids().old())));
        for (var table : plan.tables()) {
            var shape = sourceShapes.get(table.name());
            if (shape == null) {
                throw new IllegalArgumentException("the shape of table " + table.name() + " is not given");
            }
            KeyRoles.self(table, shape)
                    .ifPresent(self -> byName.putIfAbsent(
                            table.family(), new Family(table.family(), table.identity(), self.type())));
        }
        return of(byName.values(), mappings);
    }

    public Optional<Derivation> find(FamilyName name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** @throws IllegalArgumentException if nothing can refer to the family */
    public Derivation rule(FamilyName name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("family " + name + " has no ids to refer to"));
    }

    /** What {@code id} of family {@code name} becomes where records are merged; itself where it is not merged away. */
    public OldId survivor(FamilyName name, OldId id) {
        return find(name).map(rule -> rule.survivor(id)).orElse(id);
    }

    /** Whether the record {@code id} of family {@code name} becomes another one. */
    public boolean isMergedAway(FamilyName name, OldId id) {
        return !survivor(name, id).equals(id);
    }

    /** The mapping of a family of lookups. */
    public Optional<Mapping> mapping(FamilyName name) {
        return find(name).flatMap(Families::mapping);
    }

    private static Optional<Mapping> mapping(Derivation rule) {
        return switch (rule) {
            case LookupDerivation(var _, var mapping) -> Optional.of(mapping);
            case MergedDerivation(var inner, var _) -> mapping(inner);
            case HashingDerivation _, KeepingDerivation _ -> Optional.empty();
        };
    }

    /** The same families, some of whose records become others of them. */
    public Families merged(Map<FamilyName, Survivors> survivors) {
        var merged = new LinkedHashMap<>(byName);
        survivors.forEach((name, ids) ->
                merged.computeIfPresent(name, (_, rule) -> ids.isEmpty() ? rule : new MergedDerivation(rule, ids)));
        return new Families(Collections.unmodifiableMap(merged));
    }

    /** The same families as if nothing were merged. */
    public Families unmerged() {
        var unmerged = new LinkedHashMap<>(byName);
        unmerged.replaceAll((_, rule) -> rule.unmerged());
        return new Families(Collections.unmodifiableMap(unmerged));
    }

    /** Those that the plan declares, then the others in the order in which its tables name them first. */
    public Collection<Derivation> rules() {
        return byName.values();
    }
}
