package dev.rekey.engine.analyze;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.Digest;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.mapping.ReferenceUse;
import dev.rekey.core.plan.Checks;
import dev.rekey.core.plan.Checks.Agreement;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.ReferencePath;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.join.Spill;
import dev.rekey.engine.join.Spilled;
import dev.rekey.engine.run.RunContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Checks the records of one table one by one: says what is wrong with a record alone, and spills what must be compared
 * with other records. Built once, then only read.
 */
public final class RecordChecks {
    private final TablePlan table;
    private final Checks checks;
    private final List<Compared> compared = new ArrayList<>();
    private final List<Compared> asked = new ArrayList<>();

    /**
     * One agreement and the table whose check it is.
     *
     * @param type of the ids that both places hold; empty if they hold other values
     */
    private record Compared(TableName table, Agreement agreement, Optional<KeyType> type) {}

    /** Stands for the key of the new record, where a check names a path. */
    static final String NEW_KEY = "=key";
    /** The same, of records of files. */
    static final String KEY_IN_FILES = "key in files";

    private final boolean keysMayCoincide;

    private RecordChecks(Plan plan, TablePlan table) {
        this.table = table;
        this.checks = table.checks();
        this.keysMayCoincide = keysMayCoincide(plan, table);
    }

    /**
     * Whether the keys of two records can become one: they hold ids of which several become one, or those of another kind in the
     * same physical table are given by a mapping, or are numbers.
     */
    static boolean keysMayCoincide(Plan plan, TablePlan table) {
        return !table.isInPlace()
                && (KeyRoles.families(table).anyMatch(family -> becomeOne(plan, family))
                        || (table.kind().isPresent()
                                && plan.tables().stream()
                                        .filter(other -> other.unit().equals(table.unit()))
                                        .anyMatch(other -> mayMeetAnotherKind(plan, other))));
    }

    private static boolean becomeOne(Plan plan, FamilyName family) {
        return plan.lookup(family).filter(IdentityRule.Lookup::manyToOne).isPresent()
                || plan.tables().stream()
                        .anyMatch(other ->
                                other.family().equals(family) && other.merge().isPresent());
    }

    /** Ids of one family never coincide, nor do texts that are derived for several families. */
    private static boolean mayMeetAnotherKind(Plan plan, TablePlan kind) {
        return Stream.concat(Stream.of(kind.family()), KeyRoles.families(kind))
                .anyMatch(family -> plan.lookup(family).isPresent()
                        || plan.tables().stream()
                                .filter(table -> table.family().equals(family))
                                .anyMatch(table -> table.identity() instanceof IdentityRule.Derive(var _, var digits)
                                        && digits.isPresent()));
    }

    /**
     * Spills the key that a new record gets, if another may get it too.
     *
     * @param place of the record in its file; empty if it is found by its key
     */
    void spillNewKey(Key newKey, Key record, Optional<String> place, Spill spill) {
        if (place.isPresent()) {
            // Files may hold a key twice.
            spill.unique(table.unit(), KEY_IN_FILES, RecordDigest.of(newKey.attributes()), place.get());
        } else if (keysMayCoincide) {
            spill.unique(table.unit(), NEW_KEY, RecordDigest.of(newKey.attributes()), record);
        }
    }

    public static RecordChecks of(RunContext run, TableName name) {
        var all = new RecordChecks(run.known(), run.plan().table(name));
        for (var other : run.plan().tables()) {
            for (var agreement : other.checks().agree()) {
                var one = new Compared(other.name(), agreement, type(run, other, agreement.path()));
                if (other.name().equals(name)) {
                    all.compared.add(one);
                }
                if (agreement.family().equals(all.table.family())) {
                    all.asked.add(one);
                }
            }
        }
        return all;
    }

    /** A place that holds ids compares as ids: a family of numbers takes the text 12 for the number. */
    private static Optional<KeyType> type(RunContext run, TablePlan table, ReferencePath path) {
        var shape = run.manifest().table(table.name()).source();
        var ofKey = shape.keyAttributes().stream()
                .filter(attribute -> path.steps().equals(List.of(new Step.Field(attribute.name()))))
                .flatMap(attribute -> family(table, KeyRoles.of(table, shape).get(attribute.name())).stream());
        var ofReferences = table.references().stream()
                .filter(reference -> reference.path().steps().equals(path.steps()))
                .map(reference -> reference.family());
        return Stream.concat(ofKey, ofReferences)
                .findFirst()
                .flatMap(run.families()::find)
                .map(rule -> rule.family().type());
    }

    private static Optional<FamilyName> family(TablePlan table, KeyRole role) {
        return switch (role) {
            case KeyRole.Self _ -> Optional.of(table.family());
            case KeyRole.Refers(var family) -> Optional.of(family);
            case KeyRole.Keep() -> Optional.empty();
        };
    }

    /** What {@code record} lacks. */
    public List<Finding> missing(Map<String, AttributeValue> record, Key key) {
        return missing(CheckKind.REQUIRED, checks.required(), record, key);
    }

    /**
     * What the new record lacks.
     *
     * @param key of the record that becomes {@code item}
     */
    public List<Finding> missingAfter(Map<String, AttributeValue> item, Key key) {
        return missing(CheckKind.REQUIRED_AFTER, checks.requiredAfter(), item, key);
    }

    private List<Finding> missing(
            CheckKind kind, List<ReferencePath> paths, Map<String, AttributeValue> record, Key key) {
        return paths.stream()
                .filter(path -> at(record, path).isEmpty())
                .map(path -> new Finding(
                        checks.severity(),
                        kind.id(),
                        table.name(),
                        path.text(),
                        kind == CheckKind.REQUIRED_AFTER ? "would have no value" : "has no value",
                        Spilled.text(key),
                        1))
                .toList();
    }

    /**
     * Spills what is compared with other records.
     *
     * @param own the record's identity
     * @param uses its references
     */
    public void spill(
            Map<String, AttributeValue> record, Key key, Optional<OldId> own, List<ReferenceUse> uses, Spill spill) {
        for (var paths : checks.unique()) {
            values(record, paths)
                    .ifPresent(values -> spill.unique(table.name(), Checks.text(paths), RecordDigest.of(values), key));
        }
        own.ifPresent(id -> {
            parents(key, id, uses, spill);
            for (var one : asked) {
                digest(record, one.agreement().taken(), one.type())
                        .ifPresent(value -> spill.held(
                                table.family(),
                                id,
                                one.table(),
                                one.agreement().path().text(),
                                value,
                                key));
            }
        });
        for (var one : compared) {
            var agreement = one.agreement();
            digest(record, agreement.path(), one.type())
                    .ifPresent(value -> used(agreement.reference(), uses)
                            .forEach(use -> spill.claimed(
                                    use.family(),
                                    use.id(),
                                    table.name(),
                                    agreement.path().text(),
                                    value,
                                    key)));
        }
    }

    private void parents(Key key, OldId id, List<ReferenceUse> uses, Spill spill) {
        for (var path : checks.acyclic()) {
            used(path, uses).forEach(use -> spill.parent(table.family(), id, use.id(), table.name(), path.text(), key));
        }
    }

    private static List<ReferenceUse.Used> used(ReferencePath path, List<ReferenceUse> uses) {
        return uses.stream()
                .filter(use -> use.path().equals(path.text()))
                .filter(ReferenceUse.Used.class::isInstance)
                .map(ReferenceUse.Used.class::cast)
                .toList();
    }

    /** The values by path; empty if one is missing. */
    private static Optional<Map<String, AttributeValue>> values(
            Map<String, AttributeValue> record, List<ReferencePath> paths) {
        var values = new HashMap<String, AttributeValue>();
        for (var path : paths) {
            at(record, path).ifPresent(value -> values.put(path.text(), value));
        }
        return values.size() == paths.size() ? Optional.of(values) : Optional.empty();
    }

    /** Nothing and the empty text are no values to compare, as they are no references. */
    private static Optional<Digest> digest(
            Map<String, AttributeValue> record, ReferencePath path, Optional<KeyType> type) {
        return at(record, path)
                .filter(value -> value.s() == null || !value.s().isEmpty())
                .map(value -> type.map(of -> OldId.read(of, value))
                        .filter(OldId.class::isInstance)
                        .map(OldId.class::cast)
                        .map(OldId::value)
                        .orElse(value))
                .map(value -> RecordDigest.of(Map.of("value", value)));
    }

    /** What stands at {@code path}; empty if nothing or null does. */
    private static Optional<AttributeValue> at(Map<String, AttributeValue> record, ReferencePath path) {
        var map = record;
        AttributeValue value = null;
        for (var step : path.steps()) {
            value = map.get(((Step.Field) step).name());
            if (value == null || value.type() == AttributeValue.Type.NUL) {
                return Optional.empty();
            }
            map = value.m();
        }
        return Optional.ofNullable(value);
    }
}
