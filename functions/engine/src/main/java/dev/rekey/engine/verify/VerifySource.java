package dev.rekey.engine.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.engine.checkpoint.Checkpoint;
import dev.rekey.engine.checkpoint.PageOutcome;
import dev.rekey.engine.checkpoint.SegmentWork.PageStep;
import dev.rekey.engine.copy.TargetReader;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.join.SeenValues;
import dev.rekey.engine.join.Spill;
import dev.rekey.engine.mapping.MappingOutcome;
import dev.rekey.engine.mapping.RecordMapping;
import dev.rekey.engine.mapping.ReferenceUse;
import dev.rekey.engine.opened.OpenedRun;
import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.plan.TablePlan;
import dev.rekey.engine.record.RecordDigest;
import dev.rekey.engine.record.SameContent;
import dev.rekey.engine.record.TableDigest;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.SourcePages;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.table.Key;
import dev.rekey.engine.turn.Turn;
import dev.rekey.engine.undo.Outcome;
import dev.rekey.engine.undo.PageEntry;
import dev.rekey.engine.undo.PageLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Compares every record of one source segment with its target record. The source is scanned anew and mapped anew; the
 * page objects only tell which record was read when, so that a record that changed since is not called a loss.
 */
public final class VerifySource implements PageStep {
    /** What the target would hold if nothing in it expired. */
    private static final String EXPIRED = "expired-" + Spill.TARGET;

    private final TablePlan plan;
    private final TableOfRun table;
    private final Segment segment;
    private final RecordMapping mapping;
    private final SourcePages source;
    private final TargetReader target;
    private final LoggedWindow window;
    private final Differences differences;
    private final Spills spills;
    private final Turn turn;

    public VerifySource(
            OpenedRun run, VerifyWork work, SourcePages source, Tables targetTables, Documents documents, Turn turn) {
        TableName name = work.table();
        this.plan = run.plan().table(name);
        this.table = run.manifest().table(name);
        this.segment = work.segment();
        this.mapping = run.mapping(name);
        this.source = source;
        this.target = new TargetReader(targetTables, table.target(), turn);
        this.window = new LoggedWindow(new PageLog(documents, run.folder()), name, segment);
        this.differences = new Differences(documents, run.folder(), work, new Changes(plan, work.showing()));
        this.spills = new Spills(run, work, documents);
        this.turn = turn;
    }

    /** A scanned record that the plan includes, and what it maps to. */
    private record Fresh(Map<String, AttributeValue> record, MappingOutcome mapped) {}

    /** A logged record beside what was scanned under its key; empty if nothing was. */
    private record Pair(PageEntry entry, Optional<Fresh> fresh) {
        /** What the target should hold; empty if the source record is gone or cannot be mapped any more. */
        Optional<Map<String, AttributeValue>> expected() {
            return fresh.flatMap(scanned -> scanned.mapped() instanceof MappingOutcome.Mapped mapped
                    ? Optional.of(mapped.item())
                    : Optional.empty());
        }
    }

    @Override
    public PageOutcome page(Checkpoint at, boolean redone) {
        window.resume(at.cursor());
        var scanned = source.page(segment, scanCursor(at));
        var fresh = new HashMap<Key, Fresh>();
        for (var record : scanned.items()) {
            var mapped = mapping.map(record);
            if (!(mapped instanceof MappingOutcome.FilteredOut)) {
                fresh.put(table.source().keyOf(record), new Fresh(record, mapped));
            }
        }
        boolean last = scanned.next().isEmpty();
        var step = window.advance(fresh.keySet(), last);
        var pairs = Stream.concat(
                        step.met().stream().map(entry -> new Pair(entry, Optional.of(fresh.get(entry.oldKey())))),
                        step.gone().stream().map(entry -> new Pair(entry, Optional.<Fresh>empty())))
                .toList();
        var page = differences.page();
        var judged = judge(pairs, page);
        step.late().forEach(key -> page.add(Verdict.LATE, key));
        differences.write(at.page(), page, redone);
        var spill = spilled(pairs, judged.matched(), at.page() == 0);
        oldIds(fresh.values()).ifPresent(spill::values);
        spills.write("source", at.page(), spill, redone);
        spills.write(EXPIRED, at.page(), expired(judged.expired()), redone);
        return new PageOutcome.Advanced(scanned.next().map(this::cursor), page.counts(), judged.digests());
    }

    /**
     * @param matched those whose target record is what the source record maps to now
     * @param expired those whose target record vanished by itself
     * @param digests of what the target should hold, and of what was found there instead
     */
    private record Judged(Set<Pair> matched, List<PageEntry> expired, Map<String, TableDigest> digests) {}

    private Judged judge(Collection<Pair> pairs, Differences.OfPage page) {
        var matched = Collections.<Pair>newSetFromMap(new IdentityHashMap<>());
        var expired = new ArrayList<PageEntry>();
        var keys = pairs.stream().map(pair -> pair.entry().newKey()).distinct().toList();
        var found = target.read(keys);
        var digests = new ExpectedAndFound();
        for (var pair : pairs) {
            var there = Optional.ofNullable(found.get(pair.entry().newKey()));
            var verdict = verdict(pair, there);
            digests.add(verdict, pair.expected(), there);
            if (verdict == Verdict.ALTERED && pair.expected().isPresent()) {
                page.altered(pair.entry().newKey(), pair.expected().get(), there.orElseThrow());
            } else {
                page.add(verdict, pair.entry().newKey());
            }
            if (verdict == Verdict.MATCHED) {
                matched.add(pair);
            } else if (verdict == Verdict.GONE && there.isEmpty()) {
                expired.add(pair.entry());
            }
        }
        return new Judged(matched, expired, digests.all());
    }

    private Verdict verdict(Pair pair, Optional<Map<String, AttributeValue>> found) {
        var entry = pair.entry();
        if (entry.outcome() == Outcome.SKIPPED) {
            return Verdict.SKIPPED;
        }
        if (found.isEmpty()) {
            return hasExpired(entry) ? Verdict.GONE : Verdict.MISSING;
        }
        var there = found.get();
        if (pair.fresh().isEmpty()) {
            return isLogged(entry, there) ? Verdict.GONE : Verdict.ALTERED;
        }
        if (pair.expected().filter(item -> SameContent.same(item, there)).isPresent()) {
            return Verdict.MATCHED;
        }
        boolean sourceChanged = !RecordDigest.of(pair.fresh().get().record()).equals(entry.source());
        return sourceChanged && isLogged(entry, there) ? Verdict.MOVED : Verdict.ALTERED;
    }

    private boolean hasExpired(PageEntry entry) {
        return entry.expires()
                .filter(expiry -> expiry.hasPassed(turn.time().instant()))
                .isPresent();
    }

    private boolean isLogged(PageEntry entry, Map<String, AttributeValue> there) {
        return window.digests(entry).contains(RecordDigest.of(there));
    }

    /**
     * What the matching of the level needs: our keys, and the references that stand in the target. Those of a source
     * record that has changed since do not.
     */
    private Spill spilled(Collection<Pair> pairs, Set<Pair> matched, boolean first) {
        var spill = spills.empty();
        if (first) {
            window.supersededEntries().forEach(entry -> spill.logged(plan.name(), entry.newKey()));
        }
        for (var pair : pairs) {
            spill.logged(plan.name(), pair.entry().newKey());
            pair.fresh().filter(_ -> matched.contains(pair)).ifPresent(fresh -> {
                for (var use : mapping.references(fresh.record())) {
                    if (use instanceof ReferenceUse.Used used && !spills.isOrphan(used)) {
                        spill.used(used, plan.name(), pair.entry().newKey());
                    }
                }
            });
        }
        return spill;
    }

    /** The ids that records had and have no more; empty if nobody looks for them. */
    private Optional<SeenValues> oldIds(Collection<Fresh> read) {
        var values = spills.values().filter(_ -> spills.changesIds());
        values.ifPresent(seen ->
                read.forEach(fresh -> mapping.ownId(fresh.record()).ifPresent(id -> seen.known(plan.family(), id))));
        return values;
    }

    /** References to a record that expired under way are not called dangling. */
    private Spill expired(List<PageEntry> entries) {
        var spill = spills.empty();
        for (var entry : entries) {
            var key = entry.newKey();
            mapping.ownId(key.attributes()).ifPresent(id -> spill.definedInTarget(plan.family(), id, key));
        }
        return spill;
    }

    private static Optional<JsonNode> scanCursor(Checkpoint at) {
        return at.cursor().map(cursor -> cursor.get("scan"));
    }

    private JsonNode cursor(JsonNode scan) {
        var cursor = JsonNodeFactory.instance.objectNode();
        cursor.set("scan", scan);
        window.save(cursor);
        return cursor;
    }
}
