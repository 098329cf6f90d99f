package dev.rekey.core.plan.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.plan.Merge;
import dev.rekey.core.plan.Merge.Matching;
import dev.rekey.core.plan.Merge.Normalization;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is merged, in the canonical form of a plan. */
final class CanonicalMerge {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private CanonicalMerge() {}

    static JsonNode of(Merge merge) {
        var json = JSON.objectNode();
        merge.into().ifPresent(source -> json.set("into", CanonicalFamilies.mapping(source)));
        merge.matching().ifPresent(matching -> json.set("matching", matching(matching)));
        merge.require().ifPresent(require -> json.set("require", CanonicalForm.rule(require)));
        var set = new TreeMap<String, JsonNode>();
        merge.set().forEach((attribute, rule) -> set.put(attribute, CanonicalForm.rule(rule)));
        json.set("set", CanonicalForm.object(set));
        return json;
    }

    private static ObjectNode matching(Matching matching) {
        var json = JSON.objectNode();
        var by = json.putArray("by");
        new TreeSet<>(matching.by()).forEach(by::add);
        matching.within().ifPresent(path -> json.put("within", CanonicalForm.path(path)));
        json.put("onMatch", matching.merge() ? "merge" : "abort");
        matching.oldestBy().ifPresent(attribute -> json.put("oldestBy", attribute));
        var normalize = json.putArray("normalize");
        new TreeSet<>(matching.normalize()).forEach(one -> normalize.add(word(one)));
        return json;
    }

    private static String word(Normalization normalization) {
        return switch (normalization) {
            case TRIM -> "trim";
            case LOWERCASE -> "lowercase";
        };
    }
}
