package dev.rekey.core.plan.reading;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.IndexPlan;
import dev.rekey.core.plan.IndexPlan.KeyPart;
import dev.rekey.core.plan.IndexPlan.Projected;
import dev.rekey.core.plan.document.Node;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the option {@code indexes} of a table. What the schema has refused is skipped. */
final class IndexesReading {
    private final Problems problems;

    IndexesReading(Problems problems) {
        this.problems = problems;
    }

    List<IndexPlan> indexes(Node.Fields options, PlanPath table) {
        var indexes = new ArrayList<IndexPlan>();
        options.fields("indexes").values().forEach((name, node) -> {
            var path = table.to("indexes").to(name);
            if (node instanceof Node.Fields fields) {
                part(fields, "partitionKey")
                        .map(partition ->
                                new IndexPlan(name, partition, part(fields, "sortKey"), projected(fields, path)))
                        .ifPresent(index -> {
                            check(index, options, path);
                            indexes.add(index);
                        });
            }
        });
        checkTypes(indexes, table);
        return List.copyOf(indexes);
    }

    private static Optional<KeyPart> part(Node.Fields index, String option) {
        var part = index.fields(option);
        return index.text(option)
                .map(attribute -> new KeyPart(attribute, Optional.empty()))
                .or(() -> part.text("name").map(attribute -> new KeyPart(attribute, type(part))));
    }

    private static Optional<KeyType> type(Node.Fields part) {
        return part.text("type")
                .flatMap(text -> Arrays.stream(KeyType.values())
                        .filter(type -> type.name().equals(text))
                        .findFirst());
    }

    private Projected projected(Node.Fields index, PlanPath path) {
        if (index.values().get("projection") instanceof Node.Items(var items, var _)) {
            if (items.isEmpty()) {
                bad(
                        path.to("projection"),
                        "The list of projected attributes is empty.",
                        "Write KEYS_ONLY for an index that holds only keys.");
            }
            return new Projected.Some(
                    index.texts("projection").stream().distinct().toList());
        }
        return index.text("projection").filter("KEYS_ONLY"::equals).isPresent()
                ? new Projected.KeysOnly()
                : new Projected.All();
    }

    private void check(IndexPlan index, Node.Fields options, PlanPath path) {
        var partition = index.partitionKey().attribute();
        if (index.sortKey().map(KeyPart::attribute).filter(partition::equals).isPresent()) {
            bad(
                    path.to("sortKey"),
                    "The attribute " + partition + " is both partition key and sort key.",
                    "Name another attribute, or leave sortKey out.");
        }
        var renamed = options.fields("rename");
        index.key().stream()
                .map(KeyPart::attribute)
                .filter(attribute -> renamed.has(attribute) || dropped(options, attribute))
                .filter(attribute -> renamed.values().values().stream().noneMatch(node -> isText(node, attribute)))
                .forEach(attribute -> bad(
                        path,
                        "The key attribute " + attribute + " is "
                                + (renamed.has(attribute) ? "renamed" : "dropped")
                                + ", so no record would be in the index.",
                        "Name an attribute that records have after the run."));
    }

    private static boolean dropped(Node.Fields options, String attribute) {
        return options.texts("drop").contains(attribute);
    }

    private static boolean isText(Node node, String text) {
        return node instanceof Node.Text(var value, var _) && value.equals(text);
    }

    /** DynamoDB knows one type for each key attribute of a table, whatever the number of its indexes. */
    private void checkTypes(List<IndexPlan> indexes, PlanPath table) {
        Map<String, KeyType> types = new HashMap<>();
        for (var index : indexes) {
            for (var part : index.key()) {
                part.type().ifPresent(type -> {
                    var other = types.putIfAbsent(part.attribute(), type);
                    if (other != null && other != type) {
                        bad(
                                table.to("indexes").to(index.name()),
                                "The key attribute " + part.attribute() + " has the type " + type
                                        + " here and the type " + other + " in another index.",
                                "Use the same type in all indexes of the table.");
                    }
                });
            }
        }
    }

    private void bad(PlanPath path, String message, String hint) {
        problems.add(ProblemKind.INDEX_BAD, path, message, hint);
    }
}
