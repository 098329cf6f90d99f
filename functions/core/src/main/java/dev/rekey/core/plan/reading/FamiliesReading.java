package dev.rekey.core.plan.reading;

import dev.rekey.core.item.CanonicalNumber;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.DeclaredFamily;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule.Lookup;
import dev.rekey.core.plan.MappingSource;
import dev.rekey.core.plan.MappingSource.Columns;
import dev.rekey.core.plan.OnMissing;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.document.NearestName;
import dev.rekey.core.plan.document.Node;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Problems;
import dev.rekey.core.plan.document.Quoted;
import dev.rekey.core.plan.document.TextPosition;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the option {@code families} of a plan. What the schema has refused is skipped. */
final class FamiliesReading {
    private static final List<String> SOURCES = List.of("table", "file", "ids");

    private final Set<String> tables;
    private final ValueReading values;
    private final Problems problems;

    /** @param tables of the plan */
    FamiliesReading(Set<String> tables, ValueReading values, Problems problems) {
        this.tables = Set.copyOf(tables);
        this.values = values;
        this.problems = problems;
    }

    List<DeclaredFamily> families(Node.Fields root) {
        var all = new ArrayList<DeclaredFamily>();
        root.fields("families").values().forEach((name, node) -> {
            if (node instanceof Node.Fields options) {
                var path = PlanPath.ROOT.to("families").to(name);
                all.add(new DeclaredFamily(new FamilyName(name), lookup(options, path)));
            }
        });
        return List.copyOf(all);
    }

    private Lookup lookup(Node.Fields options, PlanPath path) {
        var old = type(options, "type").orElse(KeyType.S);
        var types = new Lookup.Types(old, type(options, "newType").orElse(old));
        var mapping = options.fields("mapping");
        var wellFormed = options.values().get("mapping") instanceof Node.Fields;
        var manyToOne =
                mapping.values().get("manyToOne") instanceof Node.Truth(boolean several, TextPosition _) && several;
        return new Lookup(
                types,
                mapping(mapping, wellFormed, types, path.to("mapping")),
                manyToOne,
                exists(options, path),
                missing(options));
    }

    private static Optional<KeyType> type(Node.Fields options, String option) {
        return switch (options.text(option).orElse("")) {
            case "S" -> Optional.of(KeyType.S);
            case "N" -> Optional.of(KeyType.N);
            case "B" -> Optional.of(KeyType.B);
            default -> Optional.empty();
        };
    }

    private static OnMissing missing(Node.Fields options) {
        return switch (options.text("onMissing").orElse("")) {
            case "keep" -> OnMissing.KEEP;
            case "removeReference" -> OnMissing.REMOVE_REFERENCE;
            default -> OnMissing.FAIL;
        };
    }

    private Optional<TableName> exists(Node.Fields options, PlanPath path) {
        var name = options.text("exists");
        name.filter(text -> !tables.contains(text))
                .ifPresent(text -> problems.add(
                        ProblemKind.FAMILY_UNKNOWN_TABLE,
                        path.to("exists"),
                        "There is no table " + Quoted.of(text) + " in the plan.",
                        NearestName.hint(text, tables)));
        return name.map(TableName::new);
    }

    private MappingSource mapping(Node.Fields mapping, boolean wellFormed, Lookup.Types types, PlanPath path) {
        var given = SOURCES.stream().filter(mapping::has).toList();
        if (given.size() != 1 && wellFormed) {
            badSource(
                    path,
                    given.isEmpty()
                            ? "The mapping does not name a source for its ids."
                            : "The mapping names more than one source: " + String.join(", ", given) + ".",
                    "Give one of table, file and ids.");
        }
        if (mapping.has("ids")) {
            List.of("from", "to", "where").forEach(option -> unused(mapping, option, path));
            return new MappingSource.OfIds(ids(mapping.fields("ids"), types, path.to("ids")));
        }
        var columns = new Columns(column(mapping, "from", path), column(mapping, "to", path));
        if (mapping.has("from") && columns.from().equals(columns.to())) {
            badSource(path.to("to"), "Old and new ids are in the same attribute, " + columns.to() + ".", "Name two.");
        }
        var where = where(mapping, path);
        return mapping.text("table")
                .<MappingSource>map(table -> new MappingSource.OfTable(new PhysicalTable(table), columns, where))
                .orElseGet(() -> new MappingSource.OfFile(mapping.text("file").orElse(""), columns, where));
    }

    private String column(Node.Fields mapping, String option, PlanPath path) {
        if (!mapping.has(option) && (mapping.has("table") || mapping.has("file"))) {
            badSource(
                    path.to(option),
                    "The mapping does not say in which attribute the " + (option.equals("from") ? "old" : "new")
                            + " ids stand.",
                    "Add " + option + ".");
        }
        return mapping.text(option).orElse("");
    }

    private Map<String, AttributeValue> where(Node.Fields mapping, PlanPath path) {
        return values.literals(mapping.fields("where"), path.to("where"));
    }

    private void unused(Node.Fields mapping, String option, PlanPath path) {
        if (mapping.has(option)) {
            badSource(path.to(option), "Ids in the plan have no " + option + ".", "Remove it.");
        }
    }

    private void badSource(PlanPath path, String message, String hint) {
        problems.add(ProblemKind.FAMILY_MAPPING_SOURCE, path, message, hint);
    }

    private Map<String, String> ids(Node.Fields ids, Lookup.Types types, PlanPath path) {
        var all = new LinkedHashMap<String, String>();
        ids.values().forEach((from, node) -> {
            var place = path.to(from);
            switch (node) {
                case Node.Text(var to, var _) -> add(from, to, types, place, all);
                case Node.Numeral(var to, var _) when types.now() == KeyType.N -> add(from, to, types, place, all);
                case Node.Numeral(var to, var _) -> badId(to, types.now(), place);
                case Node.Truth _, Node.Nothing _, Node.Items _, Node.Fields _ -> {}
            }
        });
        return all;
    }

    private void add(String from, String to, Lookup.Types types, PlanPath place, Map<String, String> all) {
        var old = id(from, types.old(), place);
        if (all.put(old, id(to, types.now(), place)) != null) {
            problems.add(
                    ProblemKind.FAMILY_BAD_ID,
                    place,
                    "The old id " + old + " occurs twice, written in two ways.",
                    "Keep one of the two.");
        }
    }

    private String id(String text, KeyType type, PlanPath path) {
        var canonical = canonical(text, type);
        if (canonical.isEmpty()) {
            badId(text, type, path);
        }
        return canonical.orElse(text);
    }

    private static Optional<String> canonical(String text, KeyType type) {
        return switch (type) {
            case S -> Optional.of(text).filter(id -> !id.isEmpty());
            case N -> CanonicalNumber.of(text);
            case B -> base64(text);
        };
    }

    private static Optional<String> base64(String text) {
        try {
            var bytes = Base64.getDecoder().decode(text);
            return bytes.length == 0
                    ? Optional.empty()
                    : Optional.of(Base64.getEncoder().encodeToString(bytes));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private void badId(String text, KeyType type, PlanPath path) {
        problems.add(
                ProblemKind.FAMILY_BAD_ID,
                path,
                Quoted.of(text) + " is not an id of type " + type + ".",
                switch (type) {
                    case S -> "Write a text that is not empty, in quotes; or say type or newType.";
                    case N -> "Write a number of up to 38 digits; or say type or newType.";
                    case B -> "Write Base64 that is not empty; or say type or newType.";
                });
    }
}
