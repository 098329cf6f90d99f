package dev.rekey.core.plan.check;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.DeclaredFamily;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.FamilyTypes;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Quoted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares the families of a plan with the types of their ids in the source tables. */
final class FamilyCheck {
    private final Plan plan;
    private final Map<TableName, TableShape> shapes;
    private final Map<FamilyName, KeyType> types;
    private final List<Problem> problems;

    FamilyCheck(Plan plan, Map<TableName, TableShape> shapes, List<Problem> problems) {
        this.plan = plan;
        this.shapes = shapes;
        this.types = FamilyTypes.of(plan, shapes);
        this.problems = problems;
    }

    void check() {
        oneTypePerFamily();
        plan.declared().families().forEach(this::newIdsExist);
        plan.declared().families().forEach(this::existsTable);
        for (var table : plan.tables()) {
            digits(table);
            table.references()
                    .forEach(reference -> hasSelf(
                            reference.family(),
                            PlanPath.table(table.name())
                                    .to("references")
                                    .to(reference.path().text())));
            if (shapes.containsKey(table.name())) {
                keyReferences(table, shapes.get(table.name()));
            }
        }
    }

    private void oneTypePerFamily() {
        var first = new HashMap<FamilyName, TablePlan>();
        for (var table : plan.tables()) {
            var own = type(table);
            if (own.isEmpty()) {
                continue;
            }
            var other = first.putIfAbsent(table.family(), table);
            if (other == null && types.get(table.family()) != own.get()) {
                problems.add(ProblemKind.FAMILY_TYPES_DIFFER.at(
                        PlanPath.table(table.name()).to("identity"),
                        "The family " + table.family() + " is declared with ids of type " + types.get(table.family())
                                + ", and those of " + table.name() + " have type " + own.get() + ".",
                        "Correct the type of the family, or give the table another one."));
            } else if (other != null && types.get(table.family()) != own.get()) {
                problems.add(ProblemKind.FAMILY_TYPES_DIFFER.at(
                        PlanPath.table(table.name()).to("identity"),
                        "The family " + table.family() + " has ids of type " + types.get(table.family()) + " in "
                                + other.name() + " and of type " + own.get() + " in " + table.name() + ".",
                        "Use different families."));
            }
        }
    }

    /** New ids that must be records of a table have the type of that table's ids. */
    private void newIdsExist(DeclaredFamily family) {
        var now = family.rule().ids().now();
        family.rule()
                .exists()
                .filter(plan::has)
                .flatMap(name -> type(plan.table(name)))
                .filter(type -> type != now)
                .ifPresent(type -> problems.add(ProblemKind.FAMILY_TYPES_DIFFER.at(
                        PlanPath.ROOT.to("families").to(family.name().value()).to("exists"),
                        "The new ids of family " + family.name() + " have type " + now + ", and those of "
                                + family.rule().exists().get() + " have type " + type + ".",
                        "Give newType, or name the table whose ids the new ones are.")));
    }

    /** A new id names a record of the target under the id that the record has in the source, and is found by its key. */
    private void existsTable(DeclaredFamily family) {
        var place = PlanPath.ROOT.to("families").to(family.name().value()).to("exists");
        family.rule().exists().filter(plan::has).map(plan::table).ifPresent(table -> {
            if (!(table.identity() instanceof IdentityRule.Keep)) {
                problems.add(ProblemKind.FAMILY_EXISTS_TABLE.at(
                        place,
                        "The ids of " + table.name() + " change, so new ids cannot be looked up there.",
                        "Name a table whose ids stay: identity: { rule: keep }."));
            }
            var shape = Optional.ofNullable(shapes.get(table.name()));
            shape.filter(known -> KeyRoles.self(table, known)
                            .filter(known.partitionKey()::equals)
                            .isEmpty())
                    .ifPresent(_ -> problems.add(ProblemKind.FAMILY_EXISTS_TABLE.at(
                            place,
                            "The partition key of " + table.name() + " is not its identity, so new ids cannot be looked"
                                    + " up there.",
                            "Name a table whose partition key is self.")));
        });
    }

    private Optional<KeyType> type(TablePlan table) {
        return Optional.ofNullable(shapes.get(table.name()))
                .flatMap(shape -> KeyRoles.self(table, shape))
                .map(attribute -> attribute.type());
    }

    private void digits(TablePlan table) {
        var number = type(table).filter(KeyType.N::equals).isPresent();
        if (number && table.identity() instanceof IdentityRule.Derive(var _, var digits) && digits.isEmpty()) {
            problems.add(
                    ProblemKind.IDENTITY_DIGITS_MISSING.at(
                            PlanPath.table(table.name()).to("identity"),
                            "The ids of family " + table.family()
                                    + " are numbers, and the plan does not define the length of new ids.",
                            "Add digits, 1 to 38. More digits make collisions less likely; 15 suits most programs that store ids as doubles."));
        }
    }

    private void keyReferences(TablePlan table, TableShape shape) {
        var roles = KeyRoles.of(table, shape);
        for (var attribute : shape.keyAttributes()) {
            if (!(roles.get(attribute.name()) instanceof KeyRole.Refers(var family))) {
                continue;
            }
            var path = PlanPath.table(table.name()).to("key").to(attribute.name());
            hasSelf(family, path);
            if (types.containsKey(family) && types.get(family) != attribute.type()) {
                problems.add(ProblemKind.KEY_TYPE_DIFFERS_FROM_FAMILY.at(
                        path,
                        "The key attribute " + Quoted.of(attribute.name()) + " has type " + attribute.type()
                                + ", the ids of family " + family + " have type " + types.get(family) + ".",
                        "Name the family that the ids belong to."));
            }
        }
    }

    /** Says nothing while a table of the family is missing: that table may have the ids. */
    private void hasSelf(FamilyName family, PlanPath path) {
        var complete = plan.tables().stream()
                .filter(table -> table.family().equals(family))
                .allMatch(table -> shapes.containsKey(table.name()));
        if (complete && !types.containsKey(family)) {
            problems.add(ProblemKind.FAMILY_WITHOUT_SELF.at(
                    path,
                    "The family " + family + " has no ids of its own: no key attribute of its tables is self.",
                    "Name the family that the ids belong to, or make a key attribute of that table self."));
        }
    }
}
