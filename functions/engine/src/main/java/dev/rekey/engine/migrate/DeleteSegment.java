package dev.rekey.engine.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.item.SameContent;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.GoneNow;
import dev.rekey.engine.log.Logged;
import dev.rekey.engine.log.Operation;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.migrate.Classified.Write;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.FrozenGone;
import dev.rekey.engine.run.FrozenGone.Gone;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.KeyReader;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.segment.PageOutcome;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Tables;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Deletes records of a target whose source records are gone, page by page: undo before effect, checkpoint after effect, as for a
 * copy. What is not gone any more, what others changed, and what others refer to, stays.
 */
public final class DeleteSegment implements PageStep {
    private final Work work;
    private final GoneNow now;
    private final KeyReader reader;
    private final PageLog log;
    private final Invocation invocation;
    private final LoggedWriting writing;

    /**
     * What is to be deleted.
     *
     * @param epoch in which the work was handed out
     * @param part of the table, which the records are counted in
     * @param gone the records, in the order in which they are frozen
     * @param still those that the verification of their table has found to be gone
     * @param referred those that records which stay refer to
     */
    public record Work(
            RunId run,
            int epoch,
            TableName part,
            TableShape target,
            Segment segment,
            List<Gone> gone,
            Set<String> still,
            Set<String> referred) {}

    public DeleteSegment(Work work, GoneNow now, Tables target, UndoLog log, Invocation invocation) {
        this.work = work;
        this.now = now;
        this.reader = new KeyReader(target, work.target(), invocation);
        this.log = new PageLog(
                log,
                new PageLog.Place(
                        work.run(),
                        work.epoch(),
                        work.part(),
                        work.target().table(),
                        work.segment(),
                        invocation.owner()));
        this.invocation = invocation;
        var answers = new Answers();
        this.writing = new LoggedWriting(
                this.log,
                Classified::entry,
                () -> new TargetWriter(target, work.target(), invocation, _ -> true, answers),
                answers,
                invocation);
    }

    /** What becomes of one record. */
    private sealed interface Fate {
        record Deleted(Classified one) implements Fate {}

        /** @param disclaimed what an earlier attempt was to delete, and what is left after all */
        record Left(Counted why, Optional<Classified> disclaimed) implements Fate {}
    }

    @Override
    public PageOutcome page(Checkpoint at, boolean redone) {
        if (redone) {
            log.lookBack(at.page());
        }
        int from = at.cursor().map(JsonNode::intValue).orElse(0);
        int to = Math.min(work.gone().size(), from + FrozenGone.PAGE);
        var some = work.gone().subList(from, to);
        var found = reader.read(some.stream().map(Gone::target).toList());
        // The last that is read: a record that has come back until now is not gone.
        var back = now.withSource(some);
        var logged = new ArrayList<Classified>();
        var counts = new EnumMap<Counted, Long>(Counted.class);
        counts.put(Counted.READ, (long) some.size());
        for (var one : some) {
            switch (fate(one, Optional.ofNullable(found.get(one.target())), back.contains(one))) {
                case Fate.Deleted(var deleted) -> {
                    logged.add(deleted);
                    counts.merge(Counted.DELETED, 1L, Long::sum);
                }
                case Fate.Left(var why, var disclaimed) -> {
                    disclaimed.ifPresent(logged::add);
                    counts.merge(why, 1L, Long::sum);
                }
            }
        }
        var next = Optional.<JsonNode>of(IntNode.valueOf(to))
                .filter(_ -> to < work.gone().size());
        var attempt = writing.write(log.header(at.page()), logged, List.of());
        return attempt.isEmpty()
                ? new PageOutcome.Again()
                : new PageOutcome.Advanced(next, counts).logged(attempt.getAsInt());
    }

    private Fate fate(Gone one, Optional<Map<String, AttributeValue>> there, boolean back) {
        var image = Optional.ofNullable(log.earlier().get(one.target())).flatMap(Logged::before);
        return image.map(before -> again(one, before, there, back)).orElseGet(() -> first(one, there, back));
    }

    /** An earlier attempt was to delete it. */
    private Fate again(
            Gone one, Map<String, AttributeValue> image, Optional<Map<String, AttributeValue>> there, boolean back) {
        boolean stands = there.filter(found -> SameContent.same(found, image)).isPresent();
        if (stands && back) {
            return new Fate.Left(Counted.UNCHANGED, Optional.of(Classified.identical(row(one, image))));
        }
        // What others have put there since is theirs.
        return new Fate.Deleted(deleting(one, image, stands ? new Write.Delete(image) : new Write.Nothing()));
    }

    private Fate first(Gone one, Optional<Map<String, AttributeValue>> there, boolean back) {
        if (there.isEmpty() || back || !work.still().contains(one.key())) {
            return left(Counted.UNCHANGED);
        }
        var found = there.get();
        if (now.hasExpired(found, invocation.time().instant())) {
            return left(Counted.EXPIRED);
        }
        if (!now.isUnchanged(one.target(), found)) {
            return left(Counted.DRIFT);
        }
        return work.referred().contains(one.key())
                ? left(Counted.REFERRED)
                : new Fate.Deleted(deleting(one, found, new Write.Delete(found)));
    }

    private static Fate left(Counted why) {
        return new Fate.Left(why, Optional.empty());
    }

    private Classified deleting(Gone one, Map<String, AttributeValue> image, Write write) {
        return new Classified(row(one, image), new Operation.Delete(image), write);
    }

    private Row row(Gone one, Map<String, AttributeValue> image) {
        var digest = RecordDigest.of(image);
        return new Row(work.part(), origin(one), one.target(), digest, image, digest, Optional.empty());
    }

    /** There is one, but for identities that collide. */
    private static Key origin(Gone one) {
        return one.sources().getFirst();
    }
}
