package dev.rekey.core.plan.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import dev.rekey.core.plan.check.OpenDoors;
import dev.rekey.core.plan.document.NearestName;
import dev.rekey.core.plan.document.Node;
import dev.rekey.core.plan.document.NodeJson;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Problems;
import dev.rekey.core.plan.document.Quoted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Checks a document against the published schema and says in our words what does not fit. */
final class Structure {
    private static final String TEXT = resource();
    private static final JsonNode DEFINITION = parsed(TEXT);
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(TEXT, InputFormat.JSON);

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String KEY_ROLE = "/$defs/table/properties/key/additionalProperties";
    /** What a reference can say besides words. */
    private static final String CREATE = "{ create: … }";

    private static final Map<String, String> TYPES = Map.of(
            "object", "a map",
            "array", "a list",
            "string", "a text",
            "integer", "a whole number",
            "number", "a number",
            "boolean", "true or false",
            "null", "nothing");

    private final Node root;
    private final Problems problems;

    private Structure(Node root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    static void check(Node root, Problems problems) {
        new Structure(root, problems).report(errors(root));
    }

    static List<Error> errors(Node root) {
        return SCHEMA.validate(NodeJson.of(root).toString(), InputFormat.JSON);
    }

    private void report(List<Error> errors) {
        errors.forEach(this::report);
    }

    private void report(Error error) {
        var place = new Spot(error, path(error.getInstanceLocation()), node(error.getInstanceLocation()));
        if (removesReference(place)) {
            // Whatever keywords the schema has for it: it is one mistake.
            if (error.getKeyword().equals("required")) {
                KeyReading.refuseRemoveReference(problems, place.path());
            }
            return;
        }
        switch (error.getKeyword()) {
            case "additionalProperties" -> unknownOption(place);
            case "required" -> missingOption(place);
            case "type" -> wrongType(place);
            case "enum" -> unknownValue(place);
            case "minimum", "maximum", "maxItems" -> outOfRange(place);
            case "minProperties" ->
                problems.add(
                        ProblemKind.PLAN_NO_TABLES, place.path(), "The plan has no tables.", "Add at least one table.");
            case "pattern", "minLength", "maxLength" -> badForm(place);
            case "propertyNames" -> badName(place);
            // Reading finds it too, and can name both places.
            case "uniqueItems" -> {}
            default -> throw new IllegalStateException("the schema has the new keyword " + error.getKeyword());
        }
    }

    private static boolean removesReference(Spot spot) {
        return spot.schemaPointer().equals(KEY_ROLE)
                && spot.node() instanceof Node.Fields fields
                && fields.text("onOrphan").equals(Optional.of("removeReference"));
    }

    private void unknownOption(Spot spot) {
        var name = spot.error().getProperty();
        var path = spot.path().to(name);
        if (OpenDoors.option(spot.schemaPointer(), name)) {
            OpenDoors.refuse(problems, path, "The option " + name);
            return;
        }
        var known = spot.definition().path("properties").properties().stream()
                .map(property -> property.getKey())
                .toList();
        problems.add(
                ProblemKind.OPTION_UNKNOWN,
                path,
                "The option " + Quoted.of(name) + " does not exist here.",
                NearestName.hint(name, known));
    }

    private void missingOption(Spot spot) {
        var name = spot.error().getProperty();
        // Of a condition the schema says at its root what the option is.
        var option = (spot.schemaPointer().equals("/else") ? DEFINITION : spot.definition())
                .path("properties")
                .path(name);
        problems.add(
                ProblemKind.OPTION_MISSING,
                spot.path().to(name),
                "The option " + name + " is missing.",
                "Add it. " + description(option));
    }

    private void wrongType(Spot spot) {
        problems.add(
                ProblemKind.OPTION_WRONG_TYPE,
                spot.path(),
                "The value is " + spot.node().kind() + ".",
                "Expected " + spot.types() + ". " + spot.description());
    }

    private void unknownValue(Spot spot) {
        if (OpenDoors.value(spot.schemaPointer(), spot.node())) {
            OpenDoors.refuse(problems, spot.path(), spot.shown());
            return;
        }
        if (spot.schemaPointer().equals("/$defs/rule")
                && spot.node() instanceof Node.Text(var rule, var _)
                && rule.equals("lookup")) {
            problems.add(
                    ProblemKind.OPTION_UNKNOWN_VALUE,
                    spot.path(),
                    spot.shown() + " is not a valid value of this option.",
                    "Declare a family with this rule under families, and name it in identity.family or in"
                            + " references.");
            return;
        }
        var known = new ArrayList<String>();
        spot.definition().path("enum").forEach(value -> known.add(word(value.textValue())));
        if (spot.schemaPointer().equals("/$defs/onOrphan") && isOfReference(spot.path())) {
            known.add(CREATE);
        }
        problems.add(
                ProblemKind.OPTION_UNKNOWN_VALUE,
                spot.path(),
                spot.shown() + " is not a valid value of this option.",
                spot.node() instanceof Node.Text(var value, var _)
                        ? NearestName.hint(value, known)
                        : "Known: " + Quoted.list(known) + ".");
    }

    /** A sign, such as a separator, is quoted: a list of bare signs cannot be read. */
    private static String word(String value) {
        return value.matches("\\W") ? Quoted.of(value) : value;
    }

    /** In {@code tables.T.references.R}. */
    private static boolean isOfReference(PlanPath path) {
        return path.steps().size() == 5 && path.steps().get(2).equals("references");
    }

    private void outOfRange(Spot spot) {
        problems.add(
                ProblemKind.OPTION_OUT_OF_RANGE,
                spot.path(),
                spot.shown() + " is out of range.",
                "Expected: " + spot.description());
    }

    private void badForm(Spot spot) {
        var kind = switch (spot.schemaPointer()) {
            case "/properties/plan" -> ProblemKind.PLAN_BAD_NAME;
            case "/$defs/physicalTable", "/$defs/placeInSource" -> ProblemKind.TABLE_BAD_PHYSICAL_NAME;
            default -> ProblemKind.OPTION_BAD_FORM;
        };
        problems.add(
                kind,
                spot.path(),
                spot.shown() + " does not have the required form.",
                "Expected: " + spot.description());
    }

    private void badName(Spot spot) {
        var name = spot.error().getProperty();
        var path = spot.path().to(name);
        switch (spot.schemaPointer()) {
            case "/properties/tables" ->
                problems.add(
                        ProblemKind.TABLE_BAD_NAME,
                        path,
                        Quoted.of(name) + " is not a valid table name.",
                        spot.description());
            case "/properties/families" ->
                problems.add(
                        ProblemKind.FAMILY_BAD_NAME,
                        path,
                        Quoted.of(name) + " is not a valid family name.",
                        spot.description());
            case "/properties/parameters" ->
                problems.add(
                        ProblemKind.PARAMETER_BAD_NAME,
                        path,
                        Quoted.of(name) + " is not a valid parameter name.",
                        spot.description());
            case "/$defs/indexes" ->
                problems.add(
                        ProblemKind.INDEX_BAD_NAME,
                        path,
                        Quoted.of(name) + " is not a valid index name.",
                        spot.description());
            default ->
                problems.add(
                        ProblemKind.ATTRIBUTE_BAD_NAME,
                        path,
                        "An attribute's name is empty.",
                        "Write the attribute's name.");
        }
    }

    private static PlanPath path(NodePath location) {
        var path = PlanPath.ROOT;
        for (int i = 0; i < location.getNameCount(); i++) {
            path = location.getElement(i) instanceof Integer index ? path.to(index) : path.to(location.getName(i));
        }
        return path;
    }

    private Node node(NodePath location) {
        var node = root;
        for (int i = 0; i < location.getNameCount(); i++) {
            node = switch (node) {
                case Node.Fields(var values, var _) -> values.get(location.getName(i));
                case Node.Items(var values, var _) -> values.get((Integer) location.getElement(i));
                case Node.Text _, Node.Numeral _, Node.Truth _, Node.Nothing _ ->
                    throw new IllegalStateException("nothing inside " + location);
            };
        }
        return node;
    }

    /** Where an error is, in the document and in the schema. */
    private record Spot(Error error, PlanPath path, Node node) {
        /** Of the schema object that holds the failed keyword. */
        String schemaPointer() {
            var pointer = error.getSchemaLocation().getFragment().getParent().toString();
            return pointer.equals("/") ? "" : pointer;
        }

        JsonNode definition() {
            return DEFINITION.at(schemaPointer());
        }

        String description() {
            return Structure.description(definition());
        }

        /** The kinds of values that the option takes. */
        String types() {
            var type = definition().path("type");
            var names = type.isArray() ? type : JSON.arrayNode().add(type);
            var known = new ArrayList<String>();
            names.forEach(name -> known.add(TYPES.get(name.textValue())));
            return String.join(" or ", known);
        }

        String shown() {
            return switch (node) {
                case Node.Text(var value, var _) -> Quoted.of(value);
                case Node.Numeral(var text, var _) -> text;
                case Node.Truth(var value, var _) -> String.valueOf(value);
                case Node.Nothing _, Node.Items _, Node.Fields _ -> "The value (" + node.kind() + ")";
            };
        }
    }

    private static String description(JsonNode definition) {
        var target = definition.has("$ref")
                ? DEFINITION.at(definition.get("$ref").textValue().substring(1))
                : definition;
        return target.path("description").asText();
    }

    private static String resource() {
        try (var in = Objects.requireNonNull(
                Structure.class.getResourceAsStream("plan.schema.json"), "plan.schema.json is not in the jar")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read plan.schema.json", e);
        }
    }

    private static JsonNode parsed(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("plan.schema.json is no JSON", e);
        }
    }
}
