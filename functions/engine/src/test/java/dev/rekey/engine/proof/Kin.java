package dev.rekey.engine.proof;

import dev.rekey.engine.proof.Watch.Spot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which records become one: found in the tables by plain rules, without the engine. */
final class Kin {
    private final Map<Member, Member> into = new HashMap<>();

    /**
     * Parents that are merged, and children that match then.
     *
     * @param parents the family of the parents
     * @param named the parents that the plan merges
     * @param child what stands there as a child that may be merged
     * @param isCopied whether the target holds a copy of the child with an id
     */
    record Rules(
            String parents,
            Map<String, String> named,
            String children,
            BiFunction<Spot, Map<String, AttributeValue>, Optional<Child>> child,
            BiPredicate<Map<Spot, Map<String, AttributeValue>>, String> isCopied) {}

    /**
     * A record that may match others.
     *
     * @param name that is compared
     */
    record Child(String id, AttributeValue name, String parent) {}

    /** A record of a family. */
    record Member(String family, String id) {}

    private record Group(AttributeValue name, Member parent) {}

    /** The merges that the plan names. */
    static Kin named(Rules rules) {
        var kin = new Kin();
        rules.named().forEach((id, survivor) -> kin.merge(rules.parents(), id, survivor));
        return kin;
    }

    /**
     * Those, and the merges of children that match because of them; empty if it cannot be said which become one. What was
     * copied already stays apart from what it matches.
     */
    static Optional<Kin> of(Rules rules, Map<Spot, Map<String, AttributeValue>> there) {
        var apart = new HashSet<String>();
        while (true) {
            var kin = matched(rules, there, apart);
            var copied = kin.map(one -> one.into.keySet()).orElse(Set.of()).stream()
                    .filter(member -> member.family().equals(rules.children())
                            && rules.isCopied().test(there, member.id()))
                    .map(Member::id)
                    .toList();
            if (copied.isEmpty()) {
                return kin;
            }
            apart.addAll(copied);
        }
    }

    /** @param apart children that match nothing */
    private static Optional<Kin> matched(Rules rules, Map<Spot, Map<String, AttributeValue>> there, Set<String> apart) {
        var kin = named(rules);
        var groups = kin.groups(rules, there, apart);
        for (var group : groups.entrySet()) {
            var children = group.getValue();
            if (parents(children).size() < children.size()) {
                return Optional.empty();
            }
            var own = group.getKey().parent().id();
            var survivor = children.stream()
                    .min(Comparator.comparing((Child one) -> !one.parent().equals(own))
                            .thenComparing(Child::id))
                    .orElseThrow();
            children.stream()
                    .filter(one -> !one.equals(survivor))
                    .forEach(one -> kin.merge(rules.children(), one.id(), survivor.id()));
        }
        return Optional.of(kin);
    }

    /** Children with one name whose parents are one, and were several. */
    private Map<Group, List<Child>> groups(
            Rules rules, Map<Spot, Map<String, AttributeValue>> there, Set<String> apart) {
        var groups = new LinkedHashMap<Group, List<Child>>();
        there.forEach((at, record) -> rules.child()
                .apply(at, record)
                .filter(one -> !apart.contains(one.id()))
                .ifPresent(one -> groups.computeIfAbsent(
                                new Group(one.name(), survivor(new Member(rules.parents(), one.parent()))),
                                _ -> new ArrayList<>())
                        .add(one)));
        groups.values().removeIf(children -> parents(children).size() == 1);
        return groups;
    }

    private static Set<String> parents(List<Child> children) {
        return children.stream().map(Child::parent).collect(Collectors.toSet());
    }

    void merge(String family, String id, String survivor) {
        into.put(new Member(family, id), new Member(family, survivor));
    }

    /** Adds all merges of another. */
    void merge(Kin other) {
        into.putAll(other.into);
    }

    /** What becomes of a record in the end. */
    Member survivor(Member member) {
        var one = member;
        while (into.containsKey(one)) {
            one = into.get(one);
        }
        return one;
    }

    /** Every record that becomes another, with what it becomes. */
    Map<Member, Member> all() {
        return new HashSet<>(into.keySet()).stream().collect(Collectors.toMap(one -> one, this::survivor));
    }
}
