package dev.rekey.core.mapping;

import dev.rekey.core.plan.ReferencePath.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A place in a table's records and what lies below it: all reference paths of a table as one tree, so that a record is
 * walked once. Built in one thread, then only read.
 */
final class PathTree {
    private final Map<String, PathTree> fields = new LinkedHashMap<>();
    private final List<ReferenceRule> rulesBelow = new ArrayList<>();
    // Null where there is nothing: these are read for every value of every record.
    private ReferenceRule rule;
    private ReferenceRule mapKeys;
    private PathTree elements;
    private PathTree json;

    /** @throws IllegalArgumentException if another rule has the same path */
    void add(List<Step> steps, ReferenceRule added) {
        rulesBelow.add(added);
        if (steps.isEmpty()) {
            rule = only(rule, added);
            return;
        }
        var rest = steps.subList(1, steps.size());
        switch (steps.getFirst()) {
            case Step.Field(var name) ->
                fields.computeIfAbsent(name, _ -> new PathTree()).add(rest, added);
            case Step.Elements() -> {
                elements = elements == null ? new PathTree() : elements;
                elements.add(rest, added);
            }
            case Step.Json() -> {
                json = json == null ? new PathTree() : json;
                json.add(rest, added);
            }
            case Step.MapKeys() -> mapKeys = only(mapKeys, added);
        }
    }

    private static ReferenceRule only(ReferenceRule present, ReferenceRule added) {
        if (present != null) {
            throw new IllegalArgumentException("two rules for " + added.path());
        }
        return added;
    }

    Optional<ReferenceRule> rule() {
        return Optional.ofNullable(rule);
    }

    Optional<ReferenceRule> mapKeys() {
        return Optional.ofNullable(mapKeys);
    }

    Optional<PathTree> elements() {
        return Optional.ofNullable(elements);
    }

    Optional<PathTree> json() {
        return Optional.ofNullable(json);
    }

    Optional<PathTree> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    Map<String, PathTree> fields() {
        return fields;
    }

    /** Whether a map's content is addressed here. */
    boolean entersMaps() {
        return mapKeys != null || !fields.isEmpty();
    }

    /** The rules of this place and of all places below. */
    List<ReferenceRule> rulesBelow() {
        return rulesBelow;
    }
}
