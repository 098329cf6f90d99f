package dev.rekey.engine.analyze;

import dev.rekey.core.identity.Identity;
import dev.rekey.core.identity.Survivors;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.engine.earlier.EarlierRuns;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.store.Documents;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What records belonged to before earlier runs changed their references in place: nothing in the table tells any more that
 * two of them were apart. Known of those that the runs before left unmerged.
 */
final class FormerParents {
    private final Map<List<Object>, MergeCandidate> former = new HashMap<>();
    private final Map<FamilyName, Survivors> survivors;

    /** A record with the same values, and what it belongs to by now. */
    private record Beside(Object table, String values, Optional<Identity> parent) {
        static Beside of(MergeCandidate one) {
            return new Beside(one.table(), one.values(), one.parent());
        }
    }

    /** Reads what the runs before {@code run} left unmerged; of several runs, the newest counts. */
    FormerParents(Documents documents, RunContext run) {
        this.survivors = FrozenMerges.decided(documents, run.folder()).survivors();
        for (var earlier : EarlierRuns.of(documents, run.manifest()).all()) {
            documents.findLines(earlier.folder().unmerged(), MergeCandidate.class).orElse(List.of()).stream()
                    .filter(one -> earlier.knew(one.table(), run.manifest()))
                    .forEach(one -> former.putIfAbsent(id(one), one));
        }
    }

    static List<Object> id(MergeCandidate one) {
        return List.of(one.table(), one.id());
    }

    /** These records as they belonged together when no run had changed them. */
    List<MergeCandidate> of(List<MergeCandidate> candidates) {
        var known = new HashMap<List<Object>, MergeCandidate>();
        candidates.forEach(one -> remembered(one).ifPresent(then -> known.put(id(one), one.of(then.parent()))));
        var same = new HashSet<Beside>();
        var moved = new HashMap<Beside, Optional<Identity>>();
        for (var one : candidates) {
            var then = known.get(id(one));
            if (then != null && !then.parent().equals(one.parent())) {
                moved.put(Beside.of(one), then.parent());
            } else if (then != null) {
                same.add(Beside.of(one));
            }
        }
        return candidates.stream()
                .map(one -> Optional.ofNullable(known.get(id(one))).orElseGet(() -> unknown(one, same, moved)))
                .toList();
    }

    /**
     * A record of which no run has remembered anything, beside one that is remembered and has been of the same parent since:
     * either it was of the same one before, or the application has put it there since. So the application wants both.
     */
    private static MergeCandidate unknown(MergeCandidate one, Set<Beside> same, Map<Beside, Optional<Identity>> moved) {
        var beside = Beside.of(one);
        return same.contains(beside) || !moved.containsKey(beside) ? one : one.of(moved.get(beside));
    }

    /** The record as an earlier run met it, if it still is what that run made of it. */
    private Optional<MergeCandidate> remembered(MergeCandidate now) {
        return Optional.ofNullable(former.get(id(now)))
                .filter(then -> then.values().equals(now.values()) && isSameParent(then, now));
    }

    /** Whether the record still belongs to what its former parent was merged into, and to no other. */
    private boolean isSameParent(MergeCandidate then, MergeCandidate now) {
        return now.parent()
                .equals(then.parent()
                        .map(parent -> new Identity(
                                parent.family(),
                                survivors
                                        .getOrDefault(parent.family(), Survivors.NONE)
                                        .of(parent.id()))));
    }
}
