package dev.rekey.core.plan.reading;

import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.OnExisting;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.Reference;
import dev.rekey.core.plan.Reference.Beside;
import dev.rekey.core.plan.ReferencePath;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.check.KnownFamilies;
import dev.rekey.core.plan.check.OpenDoors;
import dev.rekey.core.plan.document.Node;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Problems;
import dev.rekey.core.plan.document.Quoted;
import dev.rekey.core.plan.document.ReferencePathParser;
import dev.rekey.core.plan.document.ReferencePathParser.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the option {@code references} of a table. */
final class ReferencesReading {
    private final KnownFamilies families;
    private final OnOrphan onOrphanDefault;
    private final OnExisting onExistingDefault;
    private final CreatesReading creates;
    private final Problems problems;

    ReferencesReading(
            KnownFamilies families,
            OnOrphan onOrphanDefault,
            OnExisting onExistingDefault,
            CreatesReading creates,
            Problems problems) {
        this.families = families;
        this.onOrphanDefault = onOrphanDefault;
        this.onExistingDefault = onExistingDefault;
        this.creates = creates;
        this.problems = problems;
    }

    List<Reference> references(Node.Fields options, PlanPath table) {
        var references = new ArrayList<Reference>();
        options.fields("references").values().forEach((text, node) -> {
            var path = table.to("references").to(text);
            var family = family(node, path);
            var parsed = path(text, path);
            if (family.isPresent() && parsed.isPresent()) {
                var reference = new Reference(
                        parsed.get(), family.get(), onOrphan(node), as(node), creates.creates(node, path));
                checkAs(reference, path);
                checkOverlap(reference, references, path);
                references.add(reference);
            }
        });
        return List.copyOf(references);
    }

    private Optional<ReferencePath> path(String text, PlanPath place) {
        if (OpenDoors.template(text) && !text.contains("{}")) {
            OpenDoors.refuse(problems, place, "A template such as " + Quoted.of(text));
            return Optional.empty();
        }
        return switch (ReferencePathParser.parse(text)) {
            case Parsed.Path(var path) -> Optional.of(path);
            case Parsed.Malformed(var position, var fact) -> {
                problems.add(
                        ProblemKind.REFERENCE_BAD_PATH,
                        place,
                        "The path " + Quoted.of(text) + " cannot be parsed at character " + position + ": " + fact
                                + ".",
                        "Examples of paths: a, a.b, ids[], items[].ownerId, byUser{}, payload|json.ownerId or \"a.b\"[].");
                yield Optional.empty();
            }
        };
    }

    private Optional<FamilyName> family(Node node, PlanPath path) {
        var name = node instanceof Node.Fields fields ? fields.text("family") : textOf(node);
        return name.map(text -> families.known(text, path, ProblemKind.REFERENCE_UNKNOWN_FAMILY, Set.of()));
    }

    private static Optional<String> textOf(Node node) {
        return node instanceof Node.Text(var text, var _) ? Optional.of(text) : Optional.empty();
    }

    private OnOrphan onOrphan(Node node) {
        if (!(node instanceof Node.Fields fields)) {
            return onOrphanDefault;
        }
        return fields.values().get("onOrphan") instanceof Node.Fields
                ? OnOrphan.CREATE
                : Choices.onOrphan(fields, onOrphanDefault);
    }

    private Optional<Beside> as(Node node) {
        return node instanceof Node.Fields fields
                ? fields.text("as").map(name -> new Beside(name, Choices.onExisting(fields, onExistingDefault)))
                : Optional.empty();
    }

    /** What stands beside a value must be one value, or a list or set like that of the old ids. */
    private void checkAs(Reference reference, PlanPath path) {
        var steps = reference.path().steps();
        var fields = steps.getLast() instanceof Step.Elements ? steps.subList(0, steps.size() - 1) : steps;
        if (reference.as().isPresent() && !fields.stream().allMatch(Step.Field.class::isInstance)) {
            problems.add(
                    ProblemKind.REFERENCE_AS_PATH,
                    path.to("as"),
                    "The path " + reference.path() + " leads to ids that do not fit in one attribute.",
                    "as takes paths such as a, a.b and ids[]. Leave it out to put the new ids in the place of the old"
                            + " ones.");
        }
    }

    private void checkOverlap(Reference reference, List<Reference> before, PlanPath path) {
        before.stream()
                .filter(other -> overlap(reference.path(), other.path()))
                .forEach(other -> problems.add(
                        ProblemKind.REFERENCE_OVERLAP,
                        path,
                        "The paths " + other.path() + " and " + reference.path() + " can lead to the same value.",
                        "Keep the path that leads to the ids."));
    }

    /** Whether one path ends where the other goes on: what one takes for an id, the other takes for more. */
    private static boolean overlap(ReferencePath one, ReferencePath other) {
        var a = withoutMapKeys(one);
        var b = withoutMapKeys(other);
        var shorter = Math.min(a.size(), b.size());
        return a.subList(0, shorter).equals(b.subList(0, shorter));
    }

    private static List<Step> withoutMapKeys(ReferencePath path) {
        var steps = path.steps();
        return steps.getLast() instanceof Step.MapKeys ? steps.subList(0, steps.size() - 1) : steps;
    }
}
