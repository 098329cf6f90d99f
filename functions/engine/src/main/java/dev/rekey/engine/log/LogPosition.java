package dev.rekey.engine.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.TypedJson;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a rollback stands in a segment's log. A page that was copied fast may be too large to be undone in one invocation when
 * a limit is set: then it is undone in parts.
 *
 * @param page how many pages of the log are undone
 * @param part how many records of the next one are undone
 */
public record LogPosition(int page, int part) {
    public static LogPosition of(Optional<JsonNode> cursor) {
        return cursor.map(node -> node.isInt()
                        ? new LogPosition(node.intValue(), 0)
                        : new LogPosition(
                                node.required("page").intValue(),
                                node.required("part").intValue()))
                .orElse(new LogPosition(0, 0));
    }

    /**
     * The records of the page to undo now.
     *
     * @param most how many; 0 for the rest of the page
     */
    public Map<Key, Logged> part(Map<Key, Logged> logged, int most) {
        if (part == 0 && (most == 0 || logged.size() <= most)) {
            return logged;
        }
        var some = new LinkedHashMap<Key, Logged>();
        logged.entrySet().stream()
                .sorted(Comparator.comparing(one -> text(one.getKey())))
                .skip(part)
                .limit(most == 0 ? logged.size() : most)
                .forEach(one -> some.put(one.getKey(), one.getValue()));
        return some;
    }

    /**
     * Where to go on; empty at the end of the segment.
     *
     * @param done how many records were undone now, of {@code all} of the page
     * @param last whether this was the segment's last page
     */
    public Optional<JsonNode> after(int done, int all, boolean last) {
        if (part + done < all) {
            return Optional.of(
                    JsonNodeFactory.instance.objectNode().put("page", page).put("part", part + done));
        }
        return last ? Optional.empty() : Optional.of(IntNode.valueOf(page + 1));
    }

    private static String text(Key key) {
        return TypedJson.text(new TreeMap<>(key.attributes()));
    }
}
