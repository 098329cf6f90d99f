package dev.rekey.core.plan.check;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.KindOfRecords;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.Reference;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.ValueRule;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Quoted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Compares what a plan says of one table with the table's keys. */
final class KeyCheck {
    private final TablePlan table;
    private final PlanPath path;
    private final Map<String, KeyRole> roles;
    private final TableShape shape;
    private final List<Problem> problems;

    KeyCheck(TablePlan table, TableShape shape, List<Problem> problems) {
        this.table = table;
        this.path = PlanPath.table(table.name());
        this.roles = KeyRoles.of(table, shape);
        this.shape = shape;
        this.problems = problems;
    }

    void check() {
        table.key().forEach((name, role) -> {
            if (!roles.containsKey(name)) {
                outsideKey(name, role);
            }
        });
        if (KeyRoles.selves(table, shape).size() > 1) {
            problems.add(ProblemKind.KEY_MORE_THAN_ONE_SELF.at(
                    path.to("key"),
                    "The key attributes " + described(shape) + " are both self: a partition key is self by default.",
                    "Declare the partition key in key: keep or a family."));
        }
        table.set()
                .forEach(
                        (name, rule) -> rule(name, "set", path.to(rule.option()).to(name)));
        table.rename()
                .keySet()
                .forEach(name -> rule(name, "renamed", path.to("rename").to(name)));
        table.rename()
                .forEach((from, to) -> rule(
                        to, "replaced by another attribute", path.to("rename").to(from)));
        table.drop().forEach(name -> rule(name, "dropped", path.to("drop")));
        table.references().forEach(this::reference);
        table.kind().ifPresent(this::kind);
    }

    /** Of ids that change, no value tells the kind of a record before and after. */
    private void kind(KindOfRecords kind) {
        kind.match().keySet().stream()
                .filter(name -> roles.containsKey(name) && !(roles.get(name) instanceof KeyRole.Keep))
                .forEach(name -> problems.add(ProblemKind.KIND_MATCH_ON_ID.at(
                        path.to("match").to(name),
                        "The key attribute " + Quoted.of(name) + " of " + shape.table()
                                + " holds ids, and match needs a value that stays.",
                        "Match another attribute, or declare this one in key: { " + name + ": keep }.")));
    }

    /** The key of an index can only be said to stay: whether it does is nothing that a record needs to be found. */
    private void outsideKey(String name, KeyRole role) {
        boolean ofIndex = shape.indexes().values().stream()
                .flatMap(List::stream)
                .anyMatch(key -> key.name().equals(name));
        if (ofIndex && role instanceof KeyRole.Keep) {
            return;
        }
        problems.add(ProblemKind.KEY_NO_KEY_ATTRIBUTE.at(
                path.to("key").to(name),
                Quoted.of(name) + " is not a key attribute of " + shape.table() + ".",
                ofIndex
                        ? "It is a key attribute of an index, for which key allows only keep; an id belongs to"
                                + " references."
                        : "The key attributes are " + described(shape) + "; declare other attributes in references."));
    }

    private void rule(String attribute, String done, PlanPath place) {
        if (roles.containsKey(attribute)) {
            problems.add(ProblemKind.KEY_HAS_RULE.at(
                    place,
                    "The key attribute " + Quoted.of(attribute) + " of " + shape.table() + " cannot be " + done + ".",
                    "Remove the rule; only the option key applies to key attributes."));
        }
    }

    private void reference(Reference reference) {
        var attribute = AttributeClaims.attribute(reference.path());
        reference
                .as()
                .ifPresent(as -> rule(
                        as.attribute(),
                        "written beside " + attribute,
                        path.to("references").to(reference.path().text()).to("as")));
        if (!roles.containsKey(attribute) || reference.as().isPresent()) {
            return;
        }
        var place = path.to("references").to(reference.path().text());
        problems.add(
                switch (reference.onOrphan()) {
                    case REMOVE_REFERENCE ->
                        ProblemKind.KEY_REMOVE_REFERENCE.at(
                                place,
                                "A reference in a key cannot be removed, because every record needs its key.",
                                "Move it to key: { " + attribute + ": " + reference.family() + " }.");
                    case FAIL, KEEP, CREATE ->
                        ProblemKind.KEY_IN_REFERENCES.at(
                                place,
                                Quoted.of(attribute) + " is a key attribute of " + shape.table() + ".",
                                "Move it to key: { " + attribute + ": " + reference.family() + " }.");
                });
    }

    /** A record whose key changed would be another record. */
    static void staysInPlace(Plan plan, TablePlan table, TableShape shape, List<Problem> problems) {
        KeyRoles.of(table, shape).forEach((attribute, role) -> {
            var family = switch (role) {
                case KeyRole.Self _ -> Optional.of(table.family());
                case KeyRole.Refers(var other) -> Optional.of(other);
                case KeyRole.Keep _ -> Optional.<FamilyName>empty();
            };
            family.flatMap(plan::rule)
                    .filter(rule -> !(rule instanceof IdentityRule.Keep))
                    .ifPresent(_ -> problems.add(ProblemKind.KEY_CHANGES_IN_PLACE.at(
                            PlanPath.table(table.name()),
                            "The ids of family " + family.get() + " change, and the key attribute "
                                    + Quoted.of(attribute) + " of " + shape.table()
                                    + " holds them: a key cannot change in place.",
                            "Copy the records into another table with mode: copy; or say with identity or key that"
                                    + " these ids stay.")));
        });
    }

    static void sameKeys(TablePlan table, TableShape source, TableShape target, List<Problem> problems) {
        if (!source.keyAttributes().equals(target.keyAttributes())) {
            problems.add(ProblemKind.KEY_SCHEMAS_DIFFER.at(
                    PlanPath.table(table.name()),
                    "The key of the source " + source.table() + " is " + described(source) + ", that of the target "
                            + target.table() + " is " + described(target) + ".",
                    "Use a target table with the source's key attributes and types."));
        }
    }

    /** DynamoDB refuses a record whose attribute does not have the type that an index key needs. */
    static void indexes(TablePlan table, TableShape target, List<Problem> problems) {
        target.indexes()
                .forEach((index, keys) -> keys.forEach(key -> {
                    var rule = table.set().get(key.name());
                    var written = rule instanceof ValueRule.IfAbsent(var value) ? value : rule;
                    if (written instanceof ValueRule.Literal(var value) && !fits(value, key.type())) {
                        problems.add(ProblemKind.SET_INDEX_KEY_TYPE.at(
                                PlanPath.table(table.name()).to(rule.option()).to(key.name()),
                                Quoted.of(key.name()) + " is a key of the index " + index + " of " + target.table()
                                        + ", which requires a value of type " + key.type() + " that is not empty.",
                                "Set a value of this type, or remove the rule."));
                    }
                }));
    }

    /** Whether a key can hold {@code value}, which a plan gives. */
    static boolean fits(AttributeValue value, KeyType type) {
        return switch (type) {
            case S -> value.s() != null && !value.s().isEmpty();
            case N -> value.n() != null;
            case B -> false;
        };
    }

    private static String described(TableShape shape) {
        return described(shape.keyAttributes());
    }

    static String described(List<KeyAttribute> keys) {
        return keys.stream().map(KeyCheck::described).collect(Collectors.joining(" and "));
    }

    private static String described(KeyAttribute key) {
        return key.name() + " (" + key.type() + ")";
    }
}
