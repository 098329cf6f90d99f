package dev.rekey.engine.join;

import dev.rekey.engine.join.Matched.Orphan;
import dev.rekey.engine.store.Invocation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The references of one partition that were removed where they stood, since they had no record. */
public final class RemovedReferences implements LineChecks {
    /** So many identities are looked for before their answers are taken. */
    private static final int BATCH = 1_000;

    private final LineChecks others;
    private final Map<String, Spilled.Removed> removed = new TreeMap<>();

    /** @param others get the same lines */
    public RemovedReferences(LineChecks others) {
        this.others = others;
    }

    @Override
    public void first(Spilled line) {
        if (line instanceof Spilled.Removed one) {
            removed.merge(one.group() + "|" + one.at(), one, (sum, more) -> sum.plus(more.count()));
        }
        others.first(line);
    }

    @Override
    public boolean lookAgain() {
        return others.lookAgain();
    }

    @Override
    public void again(Spilled line) {
        others.again(line);
    }

    public boolean isEmpty() {
        return removed.isEmpty();
    }

    /** Those whose record is there by now. Where the source cannot be asked for it, the level may have met it. */
    public List<Orphan> arrived(MatchPartition matched, FamilyRecords source, Invocation invocation) {
        var there = there(
                removed.values().stream().map(Spilled.Removed::id).distinct().toList(),
                id -> {
                    var answer = source.now(id.family(), id.old(), List.of());
                    return answer.complete() ? !answer.records().isEmpty() : matched.defines(id.group());
                },
                invocation);
        return MatchPartition.orphans(removed.values().stream()
                .filter(one -> there.contains(one.id()))
                .toList());
    }

    private static Set<Spilled.Identified> there(
            List<Spilled.Identified> ids, Predicate<Spilled.Identified> isThere, Invocation invocation) {
        var there = new HashSet<Spilled.Identified>();
        var rest = new ArrayList<>(ids);
        while (!rest.isEmpty()) {
            var some = rest.subList(0, Math.min(BATCH, rest.size()));
            var work = some.stream()
                    .<Supplier<Boolean>>map(id -> () -> isThere.test(id))
                    .toList();
            var answers = invocation.concurrency().all(work, Invocation.REQUESTS_AT_ONCE);
            for (int i = 0; i < some.size(); i++) {
                if (answers.get(i)) {
                    there.add(some.get(i));
                }
            }
            some.clear();
        }
        return there;
    }
}
