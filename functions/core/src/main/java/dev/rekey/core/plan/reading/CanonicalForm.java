package dev.rekey.core.plan.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.item.Sha256;
import dev.rekey.core.plan.Checks;
import dev.rekey.core.plan.Fingerprint;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.KindOfRecords;
import dev.rekey.core.plan.Mode;
import dev.rekey.core.plan.OnConflict;
import dev.rekey.core.plan.OnDrift;
import dev.rekey.core.plan.OnExisting;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.Reference;
import dev.rekey.core.plan.ReferencePath;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.Side;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.Unmatched;
import dev.rekey.core.plan.ValueRule;
import dev.rekey.core.plan.Where;
import dev.rekey.core.plan.reading.PlanBuilder.ParsedPlan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A plan's meaning as JSON: every default filled in, every map sorted by key, physical names instead of templates. */
final class CanonicalForm {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** The first default stays in the form whatever the default is: runs know their plans by the fingerprint of the form. */
    private static final int FIRST_CLOSURE_LIMIT = 1_000;

    private CanonicalForm() {}

    static String of(ParsedPlan plan) {
        var root = JSON.objectNode();
        root.put("closureLimit", plan.bounds().closureLimit().orElse(FIRST_CLOSURE_LIMIT));
        root.put("plan", plan.name().value());
        if (!plan.declared().families().isEmpty()) {
            root.set("families", CanonicalFamilies.of(plan.declared().families()));
        }
        if (!plan.declared().parameters().isEmpty()) {
            root.set("parameters", map(plan.declared().parameters()));
        }
        root.set(
                "source",
                side(plan.source()).put("consistentRead", plan.source().consistentRead()));
        var tables = new TreeMap<String, JsonNode>();
        plan.tables().stream()
                .filter(table -> !table.isRest())
                .forEach(table -> tables.put(table.name().value(), table(table)));
        root.set("tables", object(tables));
        if (plan.tables().stream().anyMatch(table -> !table.isInPlace())) {
            root.set("target", side(plan.target()));
        }
        return sorted(root).toString();
    }

    static Fingerprint fingerprint(String canonical) {
        return new Fingerprint(Sha256.hex(canonical));
    }

    private static ObjectNode side(Side side) {
        var json = JSON.objectNode();
        side.region().ifPresent(region -> json.put("region", region));
        side.writeRegion().ifPresent(region -> json.put("writeRegion", region));
        side.roleArn().ifPresent(role -> json.put("roleArn", role));
        side.externalId().ifPresent(id -> json.put("externalId", id));
        if (side.inUse()) {
            json.put("inUse", true);
        }
        return json;
    }

    private static JsonNode table(TablePlan table) {
        var json = JSON.objectNode();
        json.put("source", table.source().name());
        table.file().ifPresent(file -> json.set("file", CanonicalFile.of(file)));
        table.kind().ifPresent(kind -> kind(kind, json));
        switch (table.mode()) {
            case Mode.Copy() -> json.put("target", table.target().name()).put("onConflict", choice(table.onConflict()));
            case Mode.InPlace(var onExisting) -> json.put("mode", "inPlace").put("onExisting", choice(onExisting));
        }
        table.onDrift().ifPresent(choice -> json.put("onDrift", choice(choice)));
        json.set("identity", identity(table));
        var key = new TreeMap<String, JsonNode>();
        table.key().forEach((attribute, role) -> key.put(attribute, role(role)));
        json.set("key", object(key));
        var references = new TreeMap<String, JsonNode>();
        table.references().forEach(reference -> references.put(path(reference.path()), reference(reference)));
        json.set("references", object(references));
        json.set("where", where(table.where()));
        var set = new TreeMap<String, JsonNode>();
        table.set().forEach((attribute, rule) -> set.put(attribute, rule(rule)));
        json.set("set", object(set));
        var rename = new TreeMap<String, JsonNode>();
        table.rename().forEach((from, to) -> rename.put(from, JSON.textNode(to)));
        json.set("rename", object(rename));
        var drop = json.putArray("drop");
        new TreeSet<>(table.drop()).forEach(drop::add);
        if (!table.checks().isEmpty() || !table.checks().accepted().isEmpty()) {
            json.set("checks", checks(table.checks()));
        }
        table.merge().ifPresent(merge -> json.set("merge", CanonicalMerge.of(merge)));
        return json;
    }

    private static void kind(KindOfRecords kind, ObjectNode json) {
        json.put("from", kind.from().value());
        json.set("match", map(kind.match()));
        json.put("unmatched", choice(kind.unmatched()));
    }

    private static JsonNode identity(TablePlan table) {
        var json = JSON.objectNode().put("family", table.family().value());
        switch (table.identity()) {
            case IdentityRule.Keep _ -> json.put("rule", "keep");
            // The family says all.
            case IdentityRule.Lookup _ -> json.put("rule", "lookup");
            case IdentityRule.Derive(var namespace, var digits) -> {
                json.put("rule", "derive").put("namespace", namespace);
                digits.ifPresent(count -> json.put("digits", count));
            }
        }
        return json;
    }

    private static JsonNode role(KeyRole role) {
        return switch (role) {
            case KeyRole.Self(var form) ->
                switch (form) {
                    case PLAIN -> JSON.textNode("self");
                    case OPAQUE -> JSON.objectNode().put("self", "opaque");
                };
            case KeyRole.Keep _ -> JSON.textNode("keep");
            case KeyRole.Refers(var family) -> JSON.textNode(family.value());
        };
    }

    private static JsonNode reference(Reference reference) {
        var json = JSON.objectNode().put("family", reference.family().value());
        reference
                .creates()
                .forOrphan()
                .ifPresentOrElse(
                        attributes -> json.set("onOrphan", created(attributes)),
                        () -> json.put("onOrphan", choice(reference.onOrphan())));
        reference.creates().forAbsent().ifPresent(absent -> {
            var onAbsent = created(absent.attributes());
            absent.per().ifPresent(per -> onAbsent.put("per", per));
            json.set("onAbsent", onAbsent);
        });
        reference.as().ifPresent(as -> json.put("as", as.attribute()).put("onExisting", choice(as.onExisting())));
        return json;
    }

    private static ObjectNode created(Map<String, ValueRule> attributes) {
        var create = new TreeMap<String, JsonNode>();
        attributes.forEach((attribute, rule) -> create.put(attribute, rule(rule)));
        return JSON.objectNode().set("create", object(create));
    }

    /** A path with every name in quotes, so that one place has one text. */
    static String path(ReferencePath path) {
        var text = new StringBuilder();
        for (var step : path.steps()) {
            switch (step) {
                case Step.Field(var name) ->
                    text.append(text.isEmpty() ? "" : ".").append(JSON.textNode(name));
                case Step.Elements _ -> text.append("[]");
                case Step.MapKeys _ -> text.append("{}");
                case Step.Json _ -> text.append("|json");
            }
        }
        return text.toString();
    }

    private static JsonNode checks(Checks checks) {
        var json = JSON.objectNode();
        var required = json.putArray("required");
        sorted(checks.required()).forEach(required::add);
        var unique = new TreeMap<String, JsonNode>();
        checks.unique().forEach(paths -> {
            var together = JSON.arrayNode();
            sorted(paths).forEach(together::add);
            unique.put(together.toString(), together);
        });
        unique.values().forEach(json.withArray("unique")::add);
        var acyclic = json.putArray("acyclic");
        sorted(checks.acyclic()).forEach(acyclic::add);
        var agree = new TreeMap<String, JsonNode>();
        checks.agree()
                .forEach(one ->
                        agree.put(path(one.path()), JSON.textNode(path(one.reference()) + "." + path(one.taken()))));
        json.set("agree", object(agree));
        if (!checks.requiredAfter().isEmpty()) {
            sorted(checks.requiredAfter()).forEach(json.withObject("/after").withArray("required")::add);
        }
        if (!checks.accepted().isEmpty()) {
            sorted(checks.accepted()).forEach(json.withArray("accept")::add);
        }
        return json.put("severity", checks.severity() == Severity.ERROR ? "blocker" : "warning");
    }

    private static Set<String> sorted(List<ReferencePath> paths) {
        return new TreeSet<>(paths.stream().map(CanonicalForm::path).toList());
    }

    private static JsonNode where(Where where) {
        return switch (where) {
            case Where.Everything _ -> JSON.textNode("everything");
            case Where.Expression(var jsonata, var _) -> JSON.objectNode().put("jsonata", jsonata.strip());
            case Where.Equal(var values) -> JSON.objectNode().set("equal", map(values));
            case Where.Written _ -> throw new IllegalArgumentException("a plan writes values with their types");
        };
    }

    static JsonNode rule(ValueRule rule) {
        return switch (rule) {
            case ValueRule.Expression(var jsonata, var _) -> JSON.objectNode().put("jsonata", jsonata.strip());
            case ValueRule.Literal(var value) -> value(value);
            case ValueRule.IfAbsent(var value) -> JSON.objectNode().set("ifAbsent", rule(value));
            case ValueRule.Through(var path, var take) ->
                JSON.objectNode().put("through", path(path)).put("take", take);
        };
    }

    /** What a plan can write: a text, a number, a truth value, null, a list or a map. */
    private static JsonNode value(AttributeValue value) {
        var json = JSON.objectNode();
        return switch (value.type()) {
            case S -> json.put("S", value.s());
            case N -> json.put("N", value.n());
            case BOOL -> json.put("BOOL", value.bool());
            case NUL -> json.put("NULL", true);
            case L -> json.set("L", list(value.l()));
            case M -> json.set("M", map(value.m()));
            case B, SS, NS, BS, UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalStateException("no plan can write a value of type " + value.type());
        };
    }

    private static JsonNode list(List<AttributeValue> values) {
        var json = JSON.arrayNode();
        values.forEach(value -> json.add(value(value)));
        return json;
    }

    static JsonNode map(Map<String, AttributeValue> values) {
        var json = new TreeMap<String, JsonNode>();
        values.forEach((name, value) -> json.put(name, value(value)));
        return object(json);
    }

    static ObjectNode object(Map<String, JsonNode> entries) {
        return JSON.objectNode().setAll(entries);
    }

    private static ObjectNode sorted(ObjectNode json) {
        var entries = new TreeMap<String, JsonNode>();
        json.properties().forEach(entry -> entries.put(entry.getKey(), sortedValue(entry.getValue())));
        return object(entries);
    }

    private static JsonNode sortedValue(JsonNode json) {
        return json instanceof ObjectNode object ? sorted(object) : json;
    }

    private static String choice(Unmatched unmatched) {
        return switch (unmatched) {
            case FAIL -> "fail";
            case COPY -> "copy";
            case LEAVE -> "leave";
        };
    }

    private static String choice(OnConflict onConflict) {
        return switch (onConflict) {
            case ABORT -> "abort";
            case SKIP -> "skip";
            case OVERWRITE -> "overwrite";
        };
    }

    private static String choice(OnExisting onExisting) {
        return switch (onExisting) {
            case FAIL -> "fail";
            case KEEP -> "keep";
            case OVERWRITE -> "overwrite";
        };
    }

    private static String choice(OnDrift onDrift) {
        return switch (onDrift) {
            case FAIL -> "fail";
            case REPORT -> "report";
        };
    }

    private static String choice(OnOrphan onOrphan) {
        return switch (onOrphan) {
            case FAIL -> "fail";
            case KEEP -> "keep";
            case REMOVE_REFERENCE -> "removeReference";
            case CREATE -> throw new IllegalArgumentException("what is created is no single word");
        };
    }
}
