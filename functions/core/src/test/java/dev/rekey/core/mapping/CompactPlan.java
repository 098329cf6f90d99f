package dev.rekey.core.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.core.identity.Families;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.Checks;
import dev.rekey.core.plan.Declarations;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.Fingerprint;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.Limits;
import dev.rekey.core.plan.Mode;
import dev.rekey.core.plan.OnConflict;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.Reference;
import dev.rekey.core.plan.ReferencePath;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.Side;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.ValueRule;
import dev.rekey.core.plan.Where;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A table {@code T} and the families it refers to, written shortly in JSON:
 *
 * <pre>
 * "source": "id:S at:N"           key of the source; "target" likewise, the same if left out
 * "indexes": "mail:S"             key of an index of the target
 * "rule": "keep" | "derive"       of the table's own family; families of numbers derive 9 digits
 * "families": {"Contacts": "derive S", ...}
 * "key", "references", "where", "set", "rename", "drop": as in a plan
 * "orphans": {"Contacts": ["old id"]}
 * </pre>
 */
final class CompactPlan {
    static final String NAMESPACE = "production";
    static final int DIGITS = 9;
    private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05Z");
    private final JsonNode node;

    CompactPlan(JsonNode node) {
        this.node = node;
    }

    RecordMapping mapping() {
        var source = shape(text("source", "id:S"), "");
        var target = shape(text("target", text("source", "id:S")), text("indexes", ""));
        var table = table();
        return RecordMapping.of(table, source, target, families(table, source), orphans(), Taken.NOTHING, STARTED);
    }

    Map<String, String> familyTypes() {
        var types = new HashMap<String, String>();
        at("families")
                .properties()
                .forEach(family ->
                        types.put(family.getKey(), family.getValue().asText().split(" ", -1)[1]));
        var source = shape(text("source", "id:S"), "");
        KeyRoles.self(table(), source)
                .ifPresent(self -> types.put("T", self.type().name()));
        return types;
    }

    private TablePlan table() {
        return new TablePlan(
                new TableName("T"),
                new TablePlan.Placement(new PhysicalTable("source"), new PhysicalTable("target"), new Mode.Copy()),
                new TablePlan.Identities(new FamilyName("T"), rule(text("rule", "derive")), key(), references()),
                new TablePlan.Content(where(), set(), rename(), strings(at("drop"))),
                new TablePlan.Conflicts(OnConflict.ABORT, Optional.empty()),
                Checks.NONE);
    }

    private Families families(TablePlan table, TableShape source) {
        var tables = new ArrayList<>(List.of(table));
        var shapes = new HashMap<>(Map.of(table.name(), source));
        for (var family : at("families").properties()) {
            var words = family.getValue().asText().split(" ", -1);
            var name = new TableName(family.getKey());
            tables.add(plain(name, rule(words[0])));
            shapes.put(name, shape("id:" + words[1], ""));
        }
        var side = new Side("{table}", Optional.empty(), Optional.empty(), Optional.empty(), true);
        return Families.of(
                new Plan(
                        new PlanName("p"),
                        side,
                        side,
                        tables,
                        new Plan.Bounds(OptionalInt.empty(), Limits.NONE),
                        Declarations.NONE,
                        new Fingerprint("")),
                shapes);
    }

    private static TablePlan plain(TableName name, IdentityRule rule) {
        var physical = new PhysicalTable(name.value());
        return new TablePlan(
                name,
                new TablePlan.Placement(physical, physical, new Mode.Copy()),
                new TablePlan.Identities(new FamilyName(name.value()), rule, Map.of(), List.of()),
                new TablePlan.Content(new Where.Everything(), Map.of(), Map.of(), Set.of()),
                new TablePlan.Conflicts(OnConflict.ABORT, Optional.empty()),
                Checks.NONE);
    }

    private static IdentityRule rule(String word) {
        return word.equals("keep")
                ? new IdentityRule.Keep()
                : new IdentityRule.Derive(NAMESPACE, OptionalInt.of(DIGITS));
    }

    private static TableShape shape(String key, String index) {
        var attributes = attributes(key);
        return new TableShape(
                new PhysicalTable("t"),
                "000000000000",
                "eu-west-1",
                attributes.getFirst(),
                attributes.size() > 1 ? Optional.of(attributes.get(1)) : Optional.empty(),
                index.isEmpty() ? Map.of() : Map.of("index", attributes(index)));
    }

    private static List<KeyAttribute> attributes(String text) {
        var attributes = new ArrayList<KeyAttribute>();
        for (var word : text.split(" ", -1)) {
            var parts = word.split(":", -1);
            attributes.add(new KeyAttribute(parts[0], KeyType.valueOf(parts[1])));
        }
        return attributes;
    }

    private Map<String, KeyRole> key() {
        var key = new HashMap<String, KeyRole>();
        at("key")
                .properties()
                .forEach(role -> key.put(
                        role.getKey(),
                        switch (role.getValue().asText()) {
                            case "self" -> new KeyRole.Self();
                            case "keep" -> new KeyRole.Keep();
                            case String family -> new KeyRole.Refers(new FamilyName(family));
                        }));
        return key;
    }

    private List<Reference> references() {
        var references = new ArrayList<Reference>();
        for (var reference : at("references").properties()) {
            var value = reference.getValue();
            var family =
                    value.isTextual() ? value.asText() : value.get("family").asText();
            var onOrphan = value.isTextual() ? "FAIL" : value.get("onOrphan").asText();
            references.add(new Reference(
                    path(reference.getKey()), new FamilyName(family), OnOrphan.valueOf(onOrphan), Optional.empty()));
        }
        return references;
    }

    static ReferencePath path(String text) {
        var steps = new ArrayList<Step>();
        for (var word : text.replace("|json", ".|")
                .replace("[]", ".[]")
                .replace("{}", ".{}")
                .split("\\.", -1)) {
            steps.add(
                    switch (word) {
                        case "|" -> new Step.Json();
                        case "[]" -> new Step.Elements();
                        case "{}" -> new Step.MapKeys();
                        default -> new Step.Field(word);
                    });
        }
        return new ReferencePath(text, steps);
    }

    private Where where() {
        var where = at("where");
        return where.isTextual()
                ? new Where.Expression(where.asText(), Map.of())
                : where.isEmpty() ? new Where.Everything() : new Where.Equal(TypedJson.parse(where.toString()));
    }

    private Map<String, ValueRule> set() {
        var set = new LinkedHashMap<String, ValueRule>();
        at("set").properties().forEach(rule -> set.put(rule.getKey(), rule(rule.getValue())));
        at("setIfAbsent")
                .properties()
                .forEach(rule -> set.put(rule.getKey(), new ValueRule.IfAbsent(rule(rule.getValue()))));
        return set;
    }

    private static ValueRule rule(JsonNode rule) {
        return rule.isTextual()
                ? new ValueRule.Expression(rule.asText(), Map.of())
                : new ValueRule.Literal(TypedJson.parse("{\"v\":" + rule + "}").get("v"));
    }

    private Map<String, String> rename() {
        var rename = new HashMap<String, String>();
        at("rename")
                .properties()
                .forEach(rule -> rename.put(rule.getKey(), rule.getValue().asText()));
        return rename;
    }

    private Orphans orphans() {
        var orphans = new HashMap<String, Set<String>>();
        at("orphans").properties().forEach(family -> orphans.put(family.getKey(), strings(family.getValue())));
        return (FamilyName family, OldId id) ->
                orphans.getOrDefault(family.value(), Set.of()).contains(id.canonical());
    }

    private static Set<String> strings(JsonNode array) {
        var strings = new HashSet<String>();
        array.forEach(element -> strings.add(element.asText()));
        return strings;
    }

    private JsonNode at(String name) {
        return node.has(name) ? node.get(name) : JsonNodeFactory.instance.objectNode();
    }

    private String text(String name, String otherwise) {
        return node.has(name) ? node.get(name).asText() : otherwise;
    }
}
