package dev.rekey.engine.proof;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.item.SameContent;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.log.Operation;
import dev.rekey.engine.proof.Progress.State;
import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.verify.Difference;
import dev.rekey.engine.verify.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What one verification has to say of the target records that strangers wrote, by the rules of the documents. Only where
 * nobody wrote while it compared: of the others nobody knows which content it met.
 */
final class StrangersWork {
    private static final Set<Verdict> ABOUT_TARGET =
            EnumSet.of(Verdict.MISSING, Verdict.ALTERED, Verdict.UNEXPECTED, Verdict.DRIFTED);

    private final Watch watch;
    private final WardMapping mapping;
    private final Plan plan;
    private final Verification verification;

    StrangersWork(Watch watch, WardMapping mapping, Plan plan, Verification verification) {
        this.watch = watch;
        this.mapping = mapping;
        this.plan = plan;
        this.verification = verification;
    }

    List<String> wronglyJudged() {
        long prepared = watch.moments().first(verification.run(), State.PREPARE);
        return verification.manifest().level(verification.result().level()).stream()
                .flatMap(table -> watch.history().spots("dst-" + table).stream())
                .filter(at -> watch.history().changedByOthers(at, prepared, verification.begun()))
                .filter(this::isQuiet)
                .filter(at -> !named(at).equals(expected(at)) && !isChangedCopyOfGone(at))
                .map(at -> "a stranger's write is misjudged: %s by %s at level %d is %s where it should be %s"
                        .formatted(
                                at, verification.task(), verification.result().level(), named(at), expected(at)))
                .toList();
    }

    private boolean isQuiet(Spot at) {
        return !changed(at)
                && watch.history().spots(at.table().replace("dst-", "src-")).stream()
                        .noneMatch(source ->
                                changed(source) && mapping.target(source).equals(at));
    }

    private boolean changed(Spot at) {
        return watch.history().changed(at, verification.begun(), verification.ended());
    }

    private Optional<Verdict> named(Spot at) {
        return verification.result().differences().stream()
                .filter(one -> ABOUT_TARGET.contains(one.verdict()) && isAbout(one, at))
                .map(Difference::verdict)
                .findFirst();
    }

    private static boolean isAbout(Difference one, Spot at) {
        return at.equals(new Spot("dst-" + Ward.physical(one.table()), new Key(TypedJson.parse(one.record()))));
    }

    private Optional<Verdict> expected(Spot at) {
        var there = watch.history().at(at, verification.begun());
        return watch.entry(verification.run(), at)
                .map(entry -> ofLogged(entry, at, there))
                .orElseGet(() -> there.flatMap(_ -> ofUnlogged(at)));
    }

    /** An earlier run wrote there, no source record is behind it any more, and somebody has changed it: each later run says so. */
    private boolean isChangedCopyOfGone(Spot at) {
        return named(at).equals(Optional.of(Verdict.DRIFTED))
                && watch.entry(verification.run(), at).isEmpty()
                && verification.manifest().earlier().stream()
                        .anyMatch(run -> watch.entry(run, at).isPresent())
                && watch.history().spots(at.table().replace("dst-", "src-")).stream()
                        .noneMatch(source -> mapping.target(source).equals(at) && isThere(source));
    }

    private boolean isThere(Spot source) {
        return watch.history()
                .at(source, verification.begun())
                .filter(item -> Ward.moves(source.table(), item))
                .isPresent();
    }

    private Optional<Verdict> ofUnlogged(Spot at) {
        var table = verification.manifest().table(table(at));
        return table.targetWasEmpty()
                ? Optional.of(plan.table(table(at)).failsOnDrift() ? Verdict.UNEXPECTED : Verdict.DRIFTED)
                : Optional.empty();
    }

    private Optional<Verdict> ofLogged(LogEntry entry, Spot at, Optional<Map<String, AttributeValue>> there) {
        if (entry.operation() instanceof Operation.Skipped) {
            return Optional.empty();
        }
        boolean wrote = entry.operation().writes();
        if (there.isEmpty()) {
            return Optional.of(wrote ? Verdict.MISSING : Verdict.DRIFTED);
        }
        if (RecordDigest.of(there.get()).equals(entry.content())) {
            return Optional.empty();
        }
        if (!wrote) {
            return Optional.of(Verdict.DRIFTED);
        }
        boolean earlier = watch.logged(verification.run(), at, there.get())
                || entry.operation()
                        .before()
                        .filter(image -> SameContent.same(image, there.get()))
                        .isPresent();
        return Optional.of(earlier || plan.table(table(at)).failsOnDrift() ? Verdict.ALTERED : Verdict.DRIFTED);
    }

    private static TableName table(Spot at) {
        return new TableName(at.table().replace("dst-", ""));
    }
}
