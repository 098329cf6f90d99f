package dev.rekey.core.plan.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.plan.DeclaredFamily;
import dev.rekey.core.plan.IdentityRule.Lookup;
import dev.rekey.core.plan.MappingSource;
import dev.rekey.core.plan.MappingSource.Columns;
import dev.rekey.core.plan.OnMissing;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The families that a plan declares, in its canonical form. */
final class CanonicalFamilies {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private CanonicalFamilies() {}

    static JsonNode of(List<DeclaredFamily> families) {
        var all = new TreeMap<String, JsonNode>();
        families.forEach(family -> all.put(family.name().value(), rule(family.rule())));
        return CanonicalForm.object(all);
    }

    private static JsonNode rule(Lookup rule) {
        var json = JSON.objectNode()
                .put("rule", "lookup")
                .put("type", rule.ids().old().name())
                .put("newType", rule.ids().now().name())
                .put("onMissing", choice(rule.onMissing()));
        rule.exists().ifPresent(table -> json.put("exists", table.value()));
        json.set("mapping", mapping(rule.mapping()).put("manyToOne", rule.manyToOne()));
        return json;
    }

    static ObjectNode mapping(MappingSource source) {
        return switch (source) {
            case MappingSource.OfTable(var table, var columns, var where) ->
                columns(columns, where).put("table", table.name());
            case MappingSource.OfFile(var file, var columns, var where) ->
                columns(columns, where).put("file", file);
            case MappingSource.OfIds(var ids) -> {
                var sorted = new TreeMap<String, JsonNode>();
                ids.forEach((from, to) -> sorted.put(from, JSON.textNode(to)));
                yield JSON.objectNode().set("ids", CanonicalForm.object(sorted));
            }
        };
    }

    private static ObjectNode columns(Columns columns, Map<String, AttributeValue> where) {
        var json = JSON.objectNode().put("from", columns.from()).put("to", columns.to());
        json.set("where", CanonicalForm.map(where));
        return json;
    }

    private static String choice(OnMissing onMissing) {
        return switch (onMissing) {
            case FAIL -> "fail";
            case KEEP -> "keep";
            case REMOVE_REFERENCE -> "removeReference";
        };
    }
}
