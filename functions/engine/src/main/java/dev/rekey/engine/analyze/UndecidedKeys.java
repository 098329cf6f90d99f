package dev.rekey.engine.analyze;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.run.RunContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The attributes of keys of which the plan does not say what their values are, should they be composite. */
public final class UndecidedKeys {
    private UndecidedKeys() {}

    /** Whether the ids of the family become others: only then can an id in a longer value be an old one. */
    public static boolean changes(RunContext run, FamilyName family) {
        return run.families().find(family).filter(rule -> !rule.keeps()).isPresent();
    }

    /** The types of the ids that change. */
    public static Set<KeyType> changingTypes(RunContext run) {
        return run.families().rules().stream()
                .filter(rule -> !rule.keeps())
                .map(rule -> rule.family().type())
                .collect(Collectors.toUnmodifiableSet());
    }

    public static boolean anywhere(RunContext run) {
        return run.plan().tables().stream()
                .anyMatch(table -> !of(run, table.name()).isEmpty());
    }

    /** Of the table's key and of the keys of its indexes, in source and target; none if no ids change. */
    public static Set<String> of(RunContext run, TableName name) {
        var plan = run.plan().table(name);
        // Of records that belong to no table of the plan, no plan can say what their keys hold.
        if (changingTypes(run).isEmpty() || plan.isRest()) {
            return Set.of();
        }
        var shape = run.manifest().table(name);
        var undecided = new LinkedHashSet<String>();
        texts(shape.source().keyAttributes().stream())
                // Without a word of the plan, the default decides for values that are no composites.
                .filter(attribute -> isUndecided(plan.key().getOrDefault(attribute, new KeyRole.Self())))
                .forEach(undecided::add);
        var own =
                shape.source().keyAttributes().stream().map(KeyAttribute::name).toList();
        var ofTarget = ofIndexes(shape.target().indexes()).map(attribute -> before(plan, attribute));
        Stream.concat(ofIndexes(shape.source().indexes()), ofTarget)
                .filter(attribute -> !own.contains(attribute) && !isDecided(plan, attribute))
                .forEach(undecided::add);
        return undecided;
    }

    private static boolean isUndecided(KeyRole role) {
        return switch (role) {
            case KeyRole.Self(var form) ->
                switch (form) {
                    case PLAIN -> true;
                    case OPAQUE -> false;
                };
            case KeyRole.Keep _, KeyRole.Refers _ -> false;
        };
    }

    private static Stream<String> ofIndexes(Map<String, List<KeyAttribute>> indexes) {
        return texts(indexes.values().stream().flatMap(List::stream)).sorted();
    }

    private static Stream<String> texts(Stream<KeyAttribute> attributes) {
        return attributes.filter(attribute -> attribute.type() == KeyType.S).map(KeyAttribute::name);
    }

    /** What the attribute of the target is called in the source. */
    private static String before(TablePlan plan, String attribute) {
        return plan.rename().entrySet().stream()
                .filter(rename -> rename.getValue().equals(attribute))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(attribute);
    }

    private static boolean isDecided(TablePlan plan, String attribute) {
        return plan.key().containsKey(attribute)
                || plan.set().containsKey(attribute)
                || plan.drop().contains(attribute)
                || plan.references().stream()
                        .anyMatch(reference -> reference.path().steps().equals(List.of(new Step.Field(attribute))));
    }
}
