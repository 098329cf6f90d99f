package dev.rekey.core.plan.reading;

import dev.rekey.core.plan.Checks;
import dev.rekey.core.plan.Checks.Agreement;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.Reference;
import dev.rekey.core.plan.ReferencePath;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.document.NearestName;
import dev.rekey.core.plan.document.Node;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Problems;
import dev.rekey.core.plan.document.Quoted;
import dev.rekey.core.plan.document.ReferencePathParser;
import dev.rekey.core.plan.document.ReferencePathParser.Parsed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads the option {@code checks} of a table. What the schema has refused is skipped. */
final class ChecksReading {
    private final FamilyName own;
    private final List<Declared> declared;
    private final Problems problems;

    /** A place that the table declares to hold ids of a family. */
    private record Declared(ReferencePath path, FamilyName family) {
        boolean isOneValue() {
            return path.steps().stream()
                    .noneMatch(step -> step instanceof Step.Elements || step instanceof Step.MapKeys);
        }

        boolean begins(ReferencePath longer) {
            var steps = path.steps();
            return steps.size() < longer.steps().size()
                    && longer.steps().subList(0, steps.size()).equals(steps);
        }
    }

    /** @param own family of the table */
    ChecksReading(FamilyName own, Map<String, KeyRole> key, List<Reference> references, Problems problems) {
        this.own = own;
        this.problems = problems;
        var ofKey = key.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof KeyRole.Refers)
                .map(entry -> new Declared(
                        new ReferencePath(entry.getKey(), List.of(new Step.Field(entry.getKey()))),
                        ((KeyRole.Refers) entry.getValue()).family()));
        this.declared = Stream.concat(ofKey, references.stream().map(one -> new Declared(one.path(), one.family())))
                .toList();
    }

    Checks checks(Node.Fields options, PlanPath table) {
        var checks = options.fields("checks");
        var path = table.to("checks");
        return new Checks(
                distinct(places(checks, "required", path)),
                unique(checks, path.to("unique")),
                acyclic(checks, path.to("acyclic")),
                agree(checks, path.to("agree")),
                distinct(places(checks.fields("after"), "required", path.to("after"))),
                checks.text("severity").filter("warning"::equals).isPresent() ? Severity.WARNING : Severity.ERROR,
                distinct(accepted(checks, path.to("accept"))));
    }

    private List<ReferencePath> places(Node.Fields checks, String option, PlanPath path) {
        var paths = new ArrayList<ReferencePath>();
        items(checks, option, (node, index) -> {
            if (node instanceof Node.Text(var text, var _)) {
                place(text, path.to(option).to(index)).ifPresent(paths::add);
            }
        });
        return paths;
    }

    /** Unlike the other checks, these paths may lead to several values. */
    private List<ReferencePath> accepted(Node.Fields checks, PlanPath path) {
        var paths = new ArrayList<ReferencePath>();
        items(checks, "accept", (node, index) -> {
            if (node instanceof Node.Text(var text, var _)) {
                parsed(text, path.to(index)).ifPresent(paths::add);
            }
        });
        return paths;
    }

    private List<List<ReferencePath>> unique(Node.Fields checks, PlanPath path) {
        var all = new ArrayList<List<ReferencePath>>();
        items(checks, "unique", (node, index) -> {
            var together = new ArrayList<ReferencePath>();
            switch (node) {
                case Node.Text(var text, var _) -> place(text, path.to(index)).ifPresent(together::add);
                case Node.Items(var items, var _) -> {
                    for (int i = 0; i < items.size(); i++) {
                        if (items.get(i) instanceof Node.Text(var text, var _)) {
                            place(text, path.to(index).to(i)).ifPresent(together::add);
                        }
                    }
                    if (items.isEmpty()) {
                        badPath(path.to(index), "The list is empty.");
                    }
                }
                case Node.Fields _, Node.Numeral _, Node.Truth _, Node.Nothing _ -> {}
            }
            var once = distinct(together);
            if (!once.isEmpty() && all.stream().noneMatch(other -> steps(other).equals(steps(once)))) {
                all.add(once);
            }
        });
        return all;
    }

    private List<ReferencePath> acyclic(Node.Fields checks, PlanPath path) {
        var all = new LinkedHashSet<ReferencePath>();
        items(checks, "acyclic", (node, index) -> {
            if (node instanceof Node.Text(var text, var _)) {
                parsed(text, path.to(index))
                        .flatMap(parsed -> ownReference(parsed, path.to(index)))
                        .ifPresent(all::add);
            }
        });
        return List.copyOf(all);
    }

    private Optional<ReferencePath> ownReference(ReferencePath path, PlanPath place) {
        var found = declared.stream()
                .filter(one -> one.path().steps().equals(path.steps()))
                .filter(one -> one.family().equals(own))
                .findFirst();
        if (found.isEmpty()) {
            var known = declared.stream()
                    .filter(one -> one.family().equals(own))
                    .map(one -> one.path().text())
                    .toList();
            problems.add(
                    ProblemKind.CHECK_NOT_A_SELF_REFERENCE,
                    place,
                    "The table does not declare a reference " + Quoted.of(path.text()) + " to its own family " + own
                            + ".",
                    known.isEmpty()
                            ? "Declare it in references, with the family " + own + "."
                            : NearestName.hint(path.text(), known));
        }
        return found.map(Declared::path);
    }

    private List<Agreement> agree(Node.Fields checks, PlanPath path) {
        var all = new ArrayList<Agreement>();
        checks.fields("agree").values().forEach((text, node) -> {
            var place = path.to(text);
            var mine = place(text, place);
            if (node instanceof Node.Text(var other, var _)) {
                parsed(other, place)
                        .flatMap(parsed -> mine.flatMap(left -> through(left, parsed, place)))
                        .ifPresent(all::add);
            }
        });
        return all;
    }

    /** The longest declared reference that {@code other} begins with. */
    private Optional<Agreement> through(ReferencePath mine, ReferencePath other, PlanPath place) {
        var reference = declared.stream()
                .filter(one -> one.isOneValue() && one.begins(other))
                .max(Comparator.comparingInt(one -> one.path().steps().size()));
        if (reference.isEmpty()) {
            var known = declared.stream()
                    .filter(Declared::isOneValue)
                    .map(one -> one.path().text())
                    .toList();
            problems.add(
                    ProblemKind.CHECK_NOT_THROUGH_A_REFERENCE,
                    place,
                    Quoted.of(other.text()) + " does not start with a declared reference that holds one id.",
                    "Write a reference of the table, a dot and an attribute of the referenced record. Declared references: "
                            + (known.isEmpty() ? "none" : Quoted.list(new TreeSet<>(known))) + ".");
            return Optional.empty();
        }
        var steps = other.steps()
                .subList(reference.get().path().steps().size(), other.steps().size());
        if (!areFields(steps)) {
            badPath(place, Quoted.of(other.text()) + " does not lead to one value.");
            return Optional.empty();
        }
        return Optional.of(new Agreement(
                mine, reference.get().path(), reference.get().family(), new ReferencePath(other.text(), steps)));
    }

    /** A path to one value of a record. */
    private Optional<ReferencePath> place(String text, PlanPath place) {
        var path = parsed(text, place);
        if (path.isPresent() && !areFields(path.get().steps())) {
            badPath(place, Quoted.of(text) + " does not lead to one value.");
            return Optional.empty();
        }
        return path;
    }

    private Optional<ReferencePath> parsed(String text, PlanPath place) {
        return switch (ReferencePathParser.parse(text)) {
            case Parsed.Path(var path) -> Optional.of(path);
            case Parsed.Malformed(var position, var fact) -> {
                badPath(
                        place,
                        "The path " + Quoted.of(text) + " cannot be parsed at character " + position + ": " + fact
                                + ".");
                yield Optional.empty();
            }
        };
    }

    private void badPath(PlanPath place, String message) {
        problems.add(
                ProblemKind.CHECK_BAD_PATH,
                place,
                message,
                "Checks use attribute paths such as a, a.b or \"a.b\"; quote a name that has a special"
                        + " character.");
    }

    private static boolean areFields(List<Step> steps) {
        return steps.stream().allMatch(Step.Field.class::isInstance);
    }

    private static Set<List<Step>> steps(List<ReferencePath> paths) {
        return new HashSet<>(paths.stream().map(ReferencePath::steps).toList());
    }

    private static List<ReferencePath> distinct(List<ReferencePath> paths) {
        var seen = new HashSet<List<Step>>();
        return paths.stream().filter(path -> seen.add(path.steps())).toList();
    }

    private interface Item {
        void read(Node node, int index);
    }

    private static void items(Node.Fields checks, String option, Item item) {
        if (checks.values().get(option) instanceof Node.Items(var items, var _)) {
            for (int i = 0; i < items.size(); i++) {
                item.read(items.get(i), i);
            }
        }
    }
}
