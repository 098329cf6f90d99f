package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;

import dev.rekey.core.item.Key;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.proof.Passing;
import dev.rekey.engine.run.FrozenGone.Gone;
import dev.rekey.engine.store.GzippedLines;
import dev.rekey.engine.store.Objects;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Forgets some objects of repeated runs, and puts wrong ones into some. */
final class BrokenBucket extends Passing {
    private final Predicate<BrokenRepetition> broken;
    private final RepeatedRunsModel model;

    /** @param broken whether a rule is broken at this moment */
    BrokenBucket(Objects objects, Predicate<BrokenRepetition> broken, RepeatedRunsModel model) {
        super(objects);
        this.broken = broken;
        this.model = model;
    }

    @Override
    public Optional<Stored> get(ObjectKey key) {
        boolean forgotten = (broken.test(BrokenRepetition.EARLIER_RUNS_ARE_FORGOTTEN)
                        && key.name().contains("/written/"))
                || (broken.test(BrokenRepetition.OVERWRITING_PARTS_ARE_FORGOTTEN)
                        && key.name().contains("/checkpoints/rollback-overwrite"));
        boolean unkept = broken.test(BrokenRepetition.KEPT_IS_FORGOTTEN)
                || broken.test(BrokenRepetition.KEPT_IS_FORGOTTEN_BY_OLDER_RUNS);
        return forgotten
                ? Optional.empty()
                : super.get(key)
                        .map(found -> unkept && isKept(key)
                                ? new Stored(SpilledLines.without("", found.content()), found.version())
                                : found);
    }

    @Override
    public PutOutcome create(ObjectKey key, byte[] content) {
        boolean lost = broken.test(BrokenRepetition.DELETED_WITHOUT_A_LOG)
                && key.name().contains("/log/A~gone/");
        return lost
                ? new PutOutcome.Done(new Version("none"))
                : super.create(key, isKept(key) ? kept(content) : content);
    }

    private static boolean isKept(ObjectKey key) {
        return key.name().endsWith("/gone-kept.jsonl.gz");
    }

    private byte[] kept(byte[] content) {
        if (broken.test(BrokenRepetition.KEPT_UNASKED)) {
            return GzippedLines.of(IntStream.range(0, RepeatedRunsModel.RECORDS)
                    .mapToObj(i -> new Key(record("id", "r" + i)))
                    .map(key -> new Gone(new TableName("A"), Gone.text(key), List.of()))
                    .toList());
        }
        var kept = content;
        if (broken.test(BrokenRepetition.CHANGED_IS_NOT_KEPT)) {
            for (var id : model.listedAsChanged()) {
                kept = SpilledLines.without(id, kept);
            }
        }
        return kept;
    }

    @Override
    public void put(ObjectKey key, byte[] content) {
        boolean spilled =
                broken.test(BrokenRepetition.LEFT_OUT_IS_GONE) && key.name().contains("/joins/");
        boolean named =
                broken.test(BrokenRepetition.GONE_IS_NOT_NAMED) && key.name().contains("/differences/");
        super.put(
                key,
                spilled
                        ? SpilledLines.without("LEFT_OUT", content)
                        : named ? SpilledLines.without("\"gone\"", content) : content);
    }
}
