package dev.rekey.engine.proof;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.proof.Kin.Member;
import dev.rekey.engine.proof.Progress.State;
import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.verify.Difference;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether what one verification names did happen, by the history of both sides. */
final class Named {
    private final Watch watch;
    private final WardMapping mapping;
    private final Verification verification;
    private final long analyzed;

    Named(Watch watch, WardMapping mapping, Verification verification) {
        this.watch = watch;
        this.mapping = mapping;
        this.verification = verification;
        this.analyzed = watch.moments().first(verification.run(), State.READ);
    }

    boolean didHappen(Difference named) {
        var table = Ward.physical(named.table());
        var key = new Key(TypedJson.parse(named.record()));
        var target = new Spot("dst-" + table, key);
        return switch (named.verdict()) {
            case LATE ->
                late(new Spot("src-" + table, key))
                        || itsPlaceWasTaken(new Spot("src-" + table, key))
                        || cameWithoutItsClub(named, new Spot("src-" + table, key))
                        || endedItsMatch(named, new Spot("src-" + table, key));
            case MOVED ->
                source(target)
                        .filter(at -> (wasWritten(at) || tookAnother(at)) && wasThere(at))
                        .isPresent();
            case GONE ->
                source(target)
                        .filter(at -> (wasWritten(at) || anEarlierRunWrote(target)) && wasMissing(at))
                        .isPresent();
            case LATE_REFERENCE -> changed(person(named), analyzed) || changed(survivor(named), analyzed);
            case GONE_REFERENCE ->
                wasMissing(survivor(named))
                        && (changed(survivor(named), analyzed)
                                || changed(person(named), analyzed)
                                || strangerWrote(mapping.target(survivor(named)), analyzed)
                                || source(target)
                                        .filter(at -> changed(at, analyzed))
                                        .isPresent());
            case DRIFTED -> strangerWrote(target, prepared(verification.run())) || isChangedCopyOfGone(target);
            case UNEXPECTED -> strangerWrote(target, prepared(verification.run()));
            case MISSING, ALTERED -> strangerWrote(target, copied(named.table()));
            case DANGLING ->
                strangerWrote(
                        mapping.target(survivor(named)),
                        copied(new TableName(survivor(named).table().replace("src-", ""))));
            case SURVIVOR_LOST -> changed(new Spot("src-" + table, key), merged());
            // A record matches others by the merges of what it belongs to, too.
            case UNMERGED, MATCH_ENDED ->
                Stream.of("src-" + table, "src-People")
                        .flatMap(any -> watch.history().spots(any).stream())
                        .anyMatch(any -> changed(any, merged()));
            // Nothing is changed in place.
            case COLLIDED,
                    MATCHED,
                    MERGED,
                    REMOVED_REFERENCE,
                    REVERTED,
                    ROLLED_BACK,
                    EXPIRED,
                    SKIPPED,
                    PREEXISTING,
                    LATER_RUN -> false;
        };
    }

    private boolean late(Spot source) {
        return (changed(source, analyzed) || tookAnother(source)) && wasThere(source);
    }

    /** Somebody wrote under its new key after the analysis, or wrote a record that gets the same. */
    private boolean itsPlaceWasTaken(Spot source) {
        var place = mapping.target(source);
        return strangerWrote(place, analyzed)
                || watch.history().spots(source.table()).stream()
                        .filter(other ->
                                !other.equals(source) && mapping.target(other).equals(place))
                        .anyMatch(other -> changed(other, analyzed));
    }

    /** What needs a club that nobody decided to create: it was written after that, or the club was there until then. */
    private boolean cameWithoutItsClub(Difference named, Spot source) {
        return Clubs.needsAClub(named)
                && wasThere(source)
                && Stream.concat(Stream.of(source), watch.history().spots("src-Clubs").stream())
                        .anyMatch(any -> changed(any, merged()));
    }

    /** What was to be merged, changed since, and may have done so before the analysis: nobody analyzed it. */
    private boolean endedItsMatch(Difference named, Spot source) {
        var member = new Member(
                named.table().value(), source.key().attributes().get("id").s());
        return changed(source, merged())
                && wasThere(source)
                && MergeWatch.decided(watch.documents(), verification.run())
                        .all()
                        .containsKey(member);
    }

    /** Whether a record takes a value of one that has changed since the analysis. */
    private boolean tookAnother(Spot source) {
        return mapping.referees(watch.history(), source, analyzed, verification.ended()).stream()
                .anyMatch(person -> changed(person, analyzed));
    }

    private long merged() {
        return watch.moments().first(verification.run(), State.MERGE);
    }

    private Spot survivor(Difference named) {
        return mapping.referred(named.refersTo().orElseThrow());
    }

    private Spot person(Difference named) {
        var referred = named.refersTo().orElseThrow();
        return new Spot(
                "src-" + referred.family(), new Key(Map.of("id", referred.id().value())));
    }

    /** The source record that belongs there, or did. */
    private Optional<Spot> source(Spot target) {
        return watch.history().spots(target.table().replace("dst-", "src-")).stream()
                .filter(at -> mapping.target(at).equals(target))
                .findFirst();
    }

    private boolean wasWritten(Spot source) {
        return changed(source, copied(new TableName(Ward.planned(source.table(), source.key()))));
    }

    private boolean anEarlierRunWrote(Spot target) {
        return verification.manifest().earlier().stream()
                .anyMatch(run -> watch.entry(run, target).isPresent());
    }

    private boolean changed(Spot at, long after) {
        return watch.history().changed(at, after, verification.ended());
    }

    private boolean strangerWrote(Spot at, long after) {
        return watch.history().changedByOthers(at, after, verification.ended());
    }

    private boolean wasThere(Spot source) {
        return watch.history().during(source, verification.begun(), verification.ended()).stream()
                .anyMatch(content ->
                        content.filter(item -> Ward.moves(source.table(), item)).isPresent());
    }

    private boolean wasMissing(Spot source) {
        return watch.history().during(source, verification.begun(), verification.ended()).stream()
                .anyMatch(content ->
                        content.filter(item -> Ward.moves(source.table(), item)).isEmpty());
    }

    /** Its source record is gone, and somebody has changed what an earlier run wrote: every later run says so. */
    private boolean isChangedCopyOfGone(Spot target) {
        return source(target).filter(this::wasMissing).isPresent()
                && verification.manifest().earlier().stream()
                        .anyMatch(run -> watch.entry(run, target).isPresent() && strangerWrote(target, prepared(run)));
    }

    private long prepared(RunId run) {
        return watch.moments().first(run, State.PREPARE);
    }

    private long copied(TableName table) {
        int level = verification.manifest().table(table).level();
        return watch.moments().copied(verification.run(), level);
    }
}
