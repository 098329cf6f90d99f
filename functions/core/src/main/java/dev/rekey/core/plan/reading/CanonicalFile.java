package dev.rekey.core.plan.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.core.plan.CellType;
import dev.rekey.core.plan.FilePlan;
import java.util.Locale;
import java.util.TreeMap;

/** How the files of a table are read, as a part of the canonical form. */
final class CanonicalFile {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private CanonicalFile() {}

    static JsonNode of(FilePlan file) {
        var json = JSON.objectNode().put("format", file.format().name().toLowerCase(Locale.ROOT));
        switch (file.format()) {
            case CSV, POSTGRES -> json.put("separator", String.valueOf(file.separator()));
            case JSON, MONGO, DYNAMODB -> {}
        }
        var columns = new TreeMap<String, JsonNode>();
        file.columns().forEach((name, attribute) -> columns.put(name, JSON.textNode(attribute)));
        json.set("columns", CanonicalForm.object(columns));
        var types = new TreeMap<String, JsonNode>();
        file.types().forEach((path, type) -> types.put(CanonicalForm.path(path), JSON.textNode(word(type))));
        json.set("types", CanonicalForm.object(types));
        return json;
    }

    private static String word(CellType type) {
        return type == CellType.ANY ? "any" : type.name();
    }
}
