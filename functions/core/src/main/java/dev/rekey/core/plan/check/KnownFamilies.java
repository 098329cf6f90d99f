package dev.rekey.core.plan.check;

import dev.rekey.core.plan.DeclaredFamily;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.Reference;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.document.NearestName;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Problems;
import dev.rekey.core.plan.document.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The families that tables of a plan make, and looking them up by what a plan writes. */
public final class KnownFamilies {
    private static final Set<String> ROLES = Set.of("self", "keep");

    private final Map<TableName, FamilyName> byTable;
    private final Set<String> names;
    private final Problems problems;

    /**
     * @param byTable the family of each table
     * @param declared families that need no table
     */
    public KnownFamilies(Map<TableName, FamilyName> byTable, List<DeclaredFamily> declared, Problems problems) {
        this.byTable = Map.copyOf(byTable);
        this.names = Stream.concat(byTable.values().stream(), declared.stream().map(DeclaredFamily::name))
                .map(FamilyName::value)
                .collect(Collectors.toCollection(TreeSet::new));
        this.problems = problems;
    }

    /** Checks that a family that a plan names exists. */
    public FamilyName known(String name, PlanPath path, ProblemKind unknown, Set<String> alsoPossible) {
        if (OpenDoors.template(name)) {
            OpenDoors.refuse(problems, path, "A template such as " + Quoted.of(name));
        } else if (!names.contains(name)) {
            var possible = new TreeSet<>(names);
            possible.addAll(alsoPossible);
            problems.add(
                    unknown,
                    path,
                    "The family " + Quoted.of(name) + " is not in the plan.",
                    Optional.ofNullable(byTable.get(new TableName(name)))
                            .map(family -> "The family of the table " + name + " is " + family + ".")
                            .orElseGet(() -> NearestName.hint(name, possible)));
        }
        return new FamilyName(name);
    }

    /** Checks the names of the families that a plan declares, and that something refers to each. */
    public static void check(List<DeclaredFamily> declared, List<TablePlan> tables, Problems problems) {
        var used = tables.stream()
                .flatMap(table -> Stream.of(
                                Stream.of(table.family()),
                                table.references().stream().map(Reference::family),
                                KeyRoles.families(table))
                        .flatMap(names -> names))
                .collect(Collectors.toSet());
        for (var family : declared) {
            var path = PlanPath.ROOT.to("families").to(family.name().value());
            if (ROLES.contains(family.name().value())) {
                problems.add(
                        ProblemKind.FAMILY_RESERVED_NAME,
                        path,
                        "The family is named " + family.name() + ", which has another meaning in a key.",
                        "Choose another name.");
            }
            if (!used.contains(family.name())) {
                problems.add(
                        ProblemKind.FAMILY_UNUSED,
                        path,
                        "Nothing in the plan refers to the family " + family.name() + ".",
                        "Declare the references whose ids it holds, or remove it.");
            }
        }
    }

    /** Checks what only several tables together can get wrong. */
    public static void check(List<TablePlan> tables, Problems problems) {
        var seen = new ArrayList<TablePlan>();
        for (var table : tables) {
            if (ROLES.contains(table.family().value())) {
                problems.add(
                        ProblemKind.FAMILY_RESERVED_NAME,
                        PlanPath.table(table.name()),
                        "The family of the table is named " + table.family() + ", which has another meaning in a key.",
                        "Rename the table, or name its family with identity.family.");
            }
            seen.stream()
                    .filter(other -> other.family().equals(table.family()))
                    .findFirst()
                    .filter(other -> !other.identity().equals(table.identity()))
                    .ifPresent(other -> problems.add(
                            ProblemKind.FAMILY_RULES_DIFFER,
                            PlanPath.table(table.name()).to("identity"),
                            "The tables " + other.name() + " and " + table.name() + " share the family "
                                    + table.family() + " but not its rule.",
                            "Use the same rule, namespace and digits for both, or different families."));
            seen.add(table);
        }
    }
}
