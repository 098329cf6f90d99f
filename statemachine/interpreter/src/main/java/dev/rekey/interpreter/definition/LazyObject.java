package dev.rekey.interpreter.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A JSON object for the JSONata library, converted member by member as asked: most expressions look at few. */
final class LazyObject extends AbstractMap<String, Object> {
    private final ObjectNode node;
    private final Map<String, Object> converted = new HashMap<>();

    LazyObject(ObjectNode node) {
        this.node = node;
    }

    @Override
    public Object get(Object key) {
        JsonNode member = key instanceof String name ? node.get(name) : null;
        return member == null ? null : converted.computeIfAbsent((String) key, name -> Values.toJsonata(member));
    }

    @Override
    public boolean containsKey(Object key) {
        return key instanceof String name && node.has(name);
    }

    @Override
    public int size() {
        return node.size();
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> all = LinkedHashMap.newLinkedHashMap(node.size());
        node.fieldNames().forEachRemaining(name -> all.put(name, get(name)));
        return all.entrySet();
    }
}
