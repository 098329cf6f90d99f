package dev.rekey.engine.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.item.SameContent;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.GoneNow;
import dev.rekey.engine.join.Spill;
import dev.rekey.engine.log.Logged;
import dev.rekey.engine.log.RolledBackParts;
import dev.rekey.engine.log.SegmentLog;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.run.FrozenGone;
import dev.rekey.engine.run.FrozenGone.Gone;
import dev.rekey.engine.run.FrozenGone.Still;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.scan.KeyReader;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.segment.PageOutcome;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.undo.ReferredGone.Referrers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Compares the records that a run was to delete with what stands in the target: nothing, or what must not be deleted. */
public final class VerifyGone implements PageStep {
    private final VerifyWork work;
    private final List<Gone> gone;
    private final GoneNow now;
    private final KeyReader target;
    private final Supplier<Map<String, Referrers>> referred;
    private final LaterWrites later;
    private final Differences differences;
    private final Spills spills;
    private final RolledBackParts rolledBack;
    private final UndoLog log;
    private final Invocation invocation;
    private final Still still;
    private Optional<SegmentLog> loaded = Optional.empty();

    /**
     * @param gone what the run was to delete of the table
     * @param referred the keys of those that others refer to, and who does; asked for if one was left
     */
    public VerifyGone(
            RunContext run,
            VerifyWork work,
            List<Gone> gone,
            GoneNow now,
            KeyReader target,
            Supplier<Map<String, Referrers>> referred,
            LaterWrites later,
            Documents documents,
            Invocation invocation) {
        this.work = work;
        this.gone = gone;
        this.now = now;
        this.target = target;
        this.referred = referred;
        this.later = later;
        this.differences = new Differences(documents, run.folder(), work, Changes.of(run, work));
        this.spills = new Spills(run, work, documents);
        this.rolledBack = RolledBackParts.of(documents, run.folder());
        this.log = new UndoLog(documents, run.folder());
        this.invocation = invocation;
        this.still = Still.find(documents, run.folder(), work.task(), table());
    }

    private TableName table() {
        return work.table().named();
    }

    @Override
    public PageOutcome page(Checkpoint at, boolean redone) {
        int from = at.cursor().map(JsonNode::intValue).orElse(0);
        int to = Math.min(gone.size(), from + FrozenGone.PAGE);
        var some = gone.subList(from, to);
        var deleted = deleted(from / FrozenGone.PAGE);
        var found = target.read(some.stream().map(Gone::target).toList());
        var back = now.withSource(some.stream()
                .filter(one -> !deleted.containsKey(one.target()) && found.containsKey(one.target()))
                .toList());
        var kept = later.keptGone(table(), found.keySet());
        var page = differences.page();
        var spill = spills.empty();
        for (var one : some) {
            var key = one.target();
            var there = Optional.ofNullable(found.get(key));
            var logged = Optional.ofNullable(deleted.get(key));
            logged.ifPresent(it ->
                    spill.deleted(table(), key, RecordDigest.of(it.before().orElseThrow())));
            logged.map(it -> Optional.of(ofDeleted(key, it, there)))
                    .orElseGet(() -> ofLeft(one, there, back.contains(one), kept.contains(key)))
                    .filter(_ -> isJudged(key, logged, there))
                    .ifPresent(verdict -> {
                        if (verdict == Verdict.GONE && referred.get().containsKey(one.key())) {
                            page.goneAndReferred(
                                    work.table(), key, referred.get().get(one.key()));
                        } else {
                            page.add(work.table(), verdict, key);
                        }
                    });
        }
        differences.write(at.page(), page, redone);
        spills.write(Spill.SOURCE, at.page(), spill, redone);
        return page.advanced(Optional.<JsonNode>of(IntNode.valueOf(to)).filter(_ -> to < gone.size()), Map.of());
    }

    private boolean isJudged(Key key, Optional<Logged> logged, Optional<Map<String, AttributeValue>> there) {
        var record = logged.flatMap(Logged::before).or(() -> there).orElse(key.attributes());
        return work.scope().includes(work.table(), record);
    }

    /** What the last attempt at a page deleted: it took over what those before it did. */
    private Map<Key, Logged> deleted(int page) {
        if (loaded.isEmpty()) {
            loaded = Optional.of(SegmentLog.load(log, work.table(), work.segment()));
        }
        return Logged.byKey(List.of(log.read(loaded.get().last().get(page))));
    }

    private Verdict ofDeleted(Key key, Logged logged, Optional<Map<String, AttributeValue>> there) {
        if (there.isEmpty()) {
            return Verdict.MATCHED;
        }
        boolean asBefore = SameContent.same(there.get(), logged.before().orElseThrow());
        if (asBefore && rolledBack.include(work.table(), key, logged.operation())) {
            return Verdict.ROLLED_BACK;
        }
        if (later.include(table(), key)) {
            return Verdict.LATER_RUN;
        }
        return asBefore ? Verdict.REVERTED : Verdict.DRIFTED;
    }

    /** Of a record that was left: empty if it is one like any other by now, which the level of its table names. */
    private Optional<Verdict> ofLeft(
            Gone one, Optional<Map<String, AttributeValue>> there, boolean back, boolean kept) {
        boolean changed = still.changed().contains(one.key());
        if (there.isEmpty() || back || !(changed || still.keys().contains(one.key()))) {
            return Optional.empty();
        }
        if (now.hasExpired(there.get(), invocation.time().instant())) {
            return Optional.of(Verdict.EXPIRED);
        }
        if (kept || later.include(table(), one.target())) {
            return Optional.of(Verdict.LATER_RUN);
        }
        return Optional.of(!changed && now.isUnchanged(one.target(), there.get()) ? Verdict.GONE : Verdict.DRIFTED);
    }
}
