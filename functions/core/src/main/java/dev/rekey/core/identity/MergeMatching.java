package dev.rekey.core.identity;

import dev.rekey.core.item.Digest;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.TableName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Finds the records that become the same when others are merged: those with the same values whose parents are one record
 * then. Merges that follow from merges are found to the end, in whatever order the tables come.
 */
public final class MergeMatching {
    private final Map<TableName, Boolean> merging = new LinkedHashMap<>();
    private final Map<FamilyName, Survivors> into;
    /** The records that others are merged into already. */
    private final Set<Identity> named = new HashSet<>();

    private final List<Candidate> candidates = new ArrayList<>();
    private final Map<Identity, Identity> leaders = new HashMap<>();
    /** The records that become one, by the leader of each. */
    private Map<Identity, List<Candidate>> components = Map.of();

    /**
     * A record that may match others.
     *
     * @param own its identity
     * @param values digest of the values that are compared, with their names
     * @param parent what the reference points to within which records match; empty if records match anywhere
     * @param age value of the attribute that says which record is the oldest
     */
    public record Candidate(
            TableName table, Identity own, Digest values, Optional<Identity> parent, Optional<AttributeValue> age) {}

    /**
     * Two records that become the same, which the plan does not allow, or of which one could be merged into several.
     *
     * @param ambiguous whether both belong to one parent already, so that a third could become either
     */
    public record Conflict(TableName table, OldId first, OldId second, boolean ambiguous) {}

    /**
     * What was found.
     *
     * @param survivors of the records that are merged because they match, not of those that the plan merges itself
     * @param conflicts if there are any, nothing must be merged
     */
    public record Found(Map<FamilyName, Survivors> survivors, List<Conflict> conflicts) {}

    /** @param into the merges that are decided */
    public MergeMatching(Map<FamilyName, Survivors> into) {
        this.into = Map.copyOf(into);
        into.forEach((family, survivors) -> survivors.byMerged().forEach((id, survivor) -> {
            named.add(new Identity(family, survivor));
            unite(new Identity(family, survivor), new Identity(family, id));
        }));
    }

    /**
     * A table whose records are compared.
     *
     * @param merge whether records that match are merged; else they are conflicts
     */
    public void table(TableName table, boolean merge) {
        merging.put(table, merge);
    }

    /** A record of one of those tables. One that is merged away matches nothing any more. */
    public void add(Candidate candidate) {
        var merged = into.getOrDefault(candidate.own().family(), Survivors.NONE);
        if (!merged.isMerged(candidate.own().id())) {
            candidates.add(candidate);
        }
    }

    public Found find() {
        boolean more = true;
        while (more) {
            more = false;
            for (var group : groups().values()) {
                if (merges(group) && !isAmbiguous(group)) {
                    var first = group.getFirst().own();
                    for (var one : group) {
                        more |= unite(first, one.own());
                    }
                }
            }
        }
        components = together();
        return new Found(survivors(), conflicts());
    }

    private boolean merges(List<Candidate> group) {
        return merging.getOrDefault(group.getFirst().table(), false);
    }

    private record GroupKey(TableName table, Digest values, Optional<Identity> parent) {}

    /** Records that match, by merges as they are known now. */
    private Map<GroupKey, List<Candidate>> groups() {
        var groups = new LinkedHashMap<GroupKey, List<Candidate>>();
        for (var one : candidates) {
            var key = new GroupKey(one.table(), one.values(), one.parent().map(this::leader));
            groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(one);
        }
        groups.values().removeIf(group -> !isMatch(group));
        return groups;
    }

    /** Records that had the same values within one parent before anything was merged are as the application wants them. */
    private static boolean isMatch(List<Candidate> group) {
        var parents = group.stream().map(Candidate::parent).distinct().count();
        var records = group.stream().map(Candidate::own).distinct().count();
        return records > 1 && (parents > 1 || group.getFirst().parent().isEmpty());
    }

    private static boolean isAmbiguous(List<Candidate> group) {
        return !ambiguous(group).isEmpty();
    }

    /** Records of one parent that match a record of another: it cannot be said into which of them it is merged. */
    private static List<List<Candidate>> ambiguous(List<Candidate> group) {
        var byParent = new LinkedHashMap<Identity, List<Candidate>>();
        group.forEach(one -> one.parent()
                .ifPresent(parent ->
                        byParent.computeIfAbsent(parent, _ -> new ArrayList<>()).add(one)));
        return byParent.values().stream().filter(same -> same.size() > 1).toList();
    }

    private List<Conflict> conflicts() {
        var conflicts = new ArrayList<Conflict>();
        for (var group : groups().values()) {
            ambiguous(group).forEach(same -> pairs(same, true, conflicts));
            if (!merges(group)) {
                pairs(sorted(group), false, conflicts);
            }
        }
        return conflicts;
    }

    private static void pairs(List<Candidate> group, boolean ambiguous, List<Conflict> into) {
        var first = group.getFirst();
        group.stream()
                .filter(other -> !other.own().equals(first.own()))
                .forEach(other -> into.add(new Conflict(
                        first.table(), first.own().id(), other.own().id(), ambiguous)));
    }

    private List<Candidate> sorted(List<Candidate> group) {
        return group.stream().sorted(order(new HashSet<>())).toList();
    }

    private Map<FamilyName, Survivors> survivors() {
        var merged = new TreeMap<FamilyName, Map<OldId, OldId>>(Comparator.comparing(FamilyName::value));
        for (var members : components.values()) {
            var survivor = survivor(members, new HashSet<>()).id();
            for (var one : members) {
                if (!one.own().id().equals(survivor)) {
                    merged.computeIfAbsent(one.own().family(), _ -> new LinkedHashMap<>())
                            .put(one.own().id(), survivor);
                }
            }
        }
        var all = new LinkedHashMap<FamilyName, Survivors>();
        merged.forEach((family, ids) -> all.put(family, new Survivors(ids)));
        return all;
    }

    private Map<Identity, List<Candidate>> together() {
        var together = new LinkedHashMap<Identity, List<Candidate>>();
        candidates.stream()
                .filter(one -> merging.getOrDefault(one.table(), false))
                .forEach(one -> together.computeIfAbsent(leader(one.own()), _ -> new ArrayList<>())
                        .add(one));
        together.values().removeIf(members -> members.size() == 1);
        return together;
    }

    private Identity survivor(List<Candidate> members, Set<Identity> asked) {
        return members.stream().min(order(asked)).orElseThrow().own();
    }

    /**
     * First what the plan names as survivor, then the record that belonged to its parent's survivor already, then the
     * oldest, then the smallest id.
     *
     * @param asked the groups whose survivors are being chosen: parents may go in a circle
     */
    private Comparator<Candidate> order(Set<Identity> asked) {
        Function<Candidate, Boolean> named = one -> !isNamed(one.own());
        Function<Candidate, Boolean> stays = one -> !staysWithItsParent(one, asked);
        return Comparator.comparing(named)
                .thenComparing(stays)
                .thenComparing(Candidate::age, MergeMatching::older)
                .thenComparing(one -> one.own().id(), MergeMatching::smaller);
    }

    private boolean isNamed(Identity own) {
        return named.contains(own);
    }

    private boolean staysWithItsParent(Candidate one, Set<Identity> asked) {
        return one.parent()
                .filter(parent -> survivorOf(parent, asked).equals(parent))
                .isPresent();
    }

    private Identity survivorOf(Identity parent, Set<Identity> asked) {
        var leader = leader(parent);
        var members = components.getOrDefault(leader, List.of());
        if (members.isEmpty() || !asked.add(leader)) {
            var merged = into.getOrDefault(parent.family(), Survivors.NONE);
            return new Identity(parent.family(), merged.of(parent.id()));
        }
        var survivor = survivor(members, asked);
        asked.remove(leader);
        return survivor;
    }

    /** Numbers by value, before texts; what has no age comes last. */
    private static int older(Optional<AttributeValue> one, Optional<AttributeValue> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Boolean.compare(one.isEmpty(), other.isEmpty());
        }
        boolean numbers = one.get().n() != null && other.get().n() != null;
        return numbers
                ? new BigDecimal(one.get().n())
                        .compareTo(new BigDecimal(other.get().n()))
                : text(one.get()).compareTo(text(other.get()));
    }

    private static String text(AttributeValue value) {
        return value.n() != null ? "0" + value.n() : "1" + value.s();
    }

    private static int smaller(OldId one, OldId other) {
        return switch (one.type()) {
            case N -> new BigDecimal(one.canonical()).compareTo(new BigDecimal(other.canonical()));
            case S, B -> one.canonical().compareTo(other.canonical());
        };
    }

    private Identity leader(Identity id) {
        var leader = id;
        while (leaders.containsKey(leader)) {
            leader = leaders.get(leader);
        }
        if (!leader.equals(id)) {
            leaders.put(id, leader);
        }
        return leader;
    }

    /** @return whether they were apart */
    private boolean unite(Identity one, Identity other) {
        var leader = leader(one);
        var led = leader(other);
        if (leader.equals(led)) {
            return false;
        }
        leaders.put(led, leader);
        return true;
    }
}
