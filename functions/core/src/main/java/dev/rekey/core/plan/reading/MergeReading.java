package dev.rekey.core.plan.reading;

import dev.rekey.core.plan.MappingSource;
import dev.rekey.core.plan.MappingSource.Columns;
import dev.rekey.core.plan.Merge;
import dev.rekey.core.plan.Merge.Matching;
import dev.rekey.core.plan.Merge.Normalization;
import dev.rekey.core.plan.Reference;
import dev.rekey.core.plan.ReferencePath;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.ValueRule;
import dev.rekey.core.plan.document.NearestName;
import dev.rekey.core.plan.document.Node;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Problems;
import dev.rekey.core.plan.document.Quoted;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the options {@code merge} and {@code merged} of a table. What the schema has refused is skipped. */
final class MergeReading {
    private static final List<String> OF_FILES = List.of("from", "to", "where");
    private static final List<String> OF_MATCHING = List.of("within", "onMatch", "oldestBy", "normalize");

    private final ValueReading values;
    private final Problems problems;

    MergeReading(ValueReading values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    /** @param references of the table */
    Optional<Merge> merge(Node.Fields options, PlanPath table, boolean inPlace, List<Reference> references) {
        var path = table.to("merge");
        if (!(options.values().get("merge") instanceof Node.Fields merge)) {
            if (options.has("merged")) {
                unused(table.to("merged"), "The option merged is given without merge.");
            }
            return Optional.empty();
        }
        if (options.has("merged") && !inPlace) {
            unused(
                    table.to("merged"),
                    "A record that is merged away is not copied, so that merged has nothing to be written to.");
        }
        return Optional.of(new Merge(
                into(merge, path),
                matching(merge, path, references),
                require(merge, path),
                values.ofMerged(options.fields("merged"), table.to("merged"))));
    }

    private Optional<MappingSource> into(Node.Fields merge, PlanPath path) {
        if (merge.has("into") && merge.has("file")) {
            bad(path, "The option merge has both into and file.", "Keep one of them.");
        }
        if (!merge.has("into") && !merge.has("file") && !merge.has("matchBy")) {
            bad(path, "The option merge does not say what is merged.", "Give into, file or matchBy.");
        }
        if (merge.has("file")) {
            return Optional.of(new MappingSource.OfFile(
                    merge.text("file").orElse(""),
                    new Columns(column(merge, "from", path), column(merge, "to", path)),
                    values.literals(merge.fields("where"), path.to("where"))));
        }
        OF_FILES.stream()
                .filter(merge::has)
                .forEach(option -> unused(path.to(option), "The option " + option + " belongs to a file."));
        return merge.has("into") ? Optional.of(new MappingSource.OfIds(pairs(merge.fields("into")))) : Optional.empty();
    }

    private String column(Node.Fields merge, String option, PlanPath path) {
        if (!merge.has(option)) {
            bad(
                    path.to(option),
                    "The merge does not say in which column of the file the "
                            + (option.equals("from") ? "merged ids" : "ids of the survivors") + " are.",
                    "Add " + option + ".");
        }
        return merge.text(option).orElse("");
    }

    private Map<String, String> pairs(Node.Fields into) {
        var pairs = new LinkedHashMap<String, String>();
        into.values().forEach((merged, node) -> {
            switch (node) {
                case Node.Text(var survivor, var _) -> pairs.put(merged, survivor);
                case Node.Numeral(var survivor, var _) -> pairs.put(merged, survivor);
                case Node.Truth _, Node.Nothing _, Node.Items _, Node.Fields _ -> {}
            }
        });
        return pairs;
    }

    private Optional<Matching> matching(Node.Fields merge, PlanPath path, List<Reference> references) {
        var by = merge.texts("matchBy");
        if (!merge.has("matchBy")) {
            OF_MATCHING.stream()
                    .filter(merge::has)
                    .forEach(option -> unused(path.to(option), "The option " + option + " belongs to matchBy."));
            return Optional.empty();
        }
        if (merge.values().get("matchBy") instanceof Node.Items(var items, var _) && items.isEmpty()) {
            bad(path.to("matchBy"), "No attribute is compared.", "Name at least one.");
        }
        return Optional.of(new Matching(
                by,
                merge.text("within").flatMap(text -> within(text, path.to("within"), references)),
                merge.text("onMatch").filter("merge"::equals).isPresent(),
                merge.text("oldestBy"),
                normalize(merge)));
    }

    /** The parent is one record. */
    private Optional<ReferencePath> within(String text, PlanPath path, List<Reference> references) {
        var one = references.stream()
                .map(Reference::path)
                .filter(reference -> reference.steps().stream().allMatch(Step.Field.class::isInstance))
                .toList();
        var found =
                one.stream().filter(reference -> reference.text().equals(text)).findFirst();
        if (found.isEmpty()) {
            bad(
                    path,
                    "The table does not declare a reference " + Quoted.of(text) + " that holds one id.",
                    one.isEmpty()
                            ? "Declare it in references."
                            : NearestName.hint(
                                    text, one.stream().map(ReferencePath::text).toList()));
        }
        return found;
    }

    private static EnumSet<Normalization> normalize(Node.Fields merge) {
        var all = EnumSet.noneOf(Normalization.class);
        merge.texts("normalize").forEach(text -> {
            switch (text) {
                case "trim" -> all.add(Normalization.TRIM);
                case "lowercase" -> all.add(Normalization.LOWERCASE);
                default -> {}
            }
        });
        return all;
    }

    private Optional<ValueRule.Expression> require(Node.Fields merge, PlanPath path) {
        return merge.text("require").flatMap(text -> values.expression(text, path.to("require")));
    }

    private void unused(PlanPath path, String message) {
        problems.add(ProblemKind.MERGE_UNUSED_OPTION, path, message, "Remove it.");
    }

    private void bad(PlanPath path, String message, String hint) {
        problems.add(ProblemKind.MERGE_BAD, path, message, hint);
    }
}
