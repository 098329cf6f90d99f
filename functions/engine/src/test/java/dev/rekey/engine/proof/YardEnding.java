package dev.rekey.engine.proof;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.TypedJson;
import dev.rekey.engine.proof.Cloud.Simulation;
import dev.rekey.engine.proof.Execution.Result;
import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.proof.Progress.State;
import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.verify.Difference;
import dev.rekey.engine.verify.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Looks at tables that were changed in place when all is over. Then, on a copy, where nobody else writes, the plan is run
 * again, and all runs are rolled back: what is left is what the application alone would have made of the tables.
 */
final class YardEnding {
    private final Simulation simulation;
    private final Watch watch;
    private final String plan;
    private final Map<Spot, Map<String, AttributeValue>> alone;
    private final Site site;
    private final Ends ends;
    private final List<Verification> verifications;
    private final List<String> broken = new ArrayList<>();

    /** @param alone what the tables would hold if no run had ever come */
    YardEnding(Simulation simulation, String plan, Map<Spot, Map<String, AttributeValue>> alone) {
        this.simulation = simulation;
        this.watch = simulation.watch();
        this.plan = plan;
        this.alone = alone;
        var left = new MemoryStores(
                simulation.tables().copy(), simulation.objects().copy());
        this.ends = new Ends(left.objects());
        this.site = new Site(left.tables()).on(left);
        site.sleep(Duration.ofMillis(simulation.scheduler().nowMillis()).plusHours(1));
        this.verifications = Verification.of(simulation).stream()
                .filter(one -> !one.isDisturbed(watch))
                .toList();
    }

    Setting.Ending ending() {
        var there = Yard.everything(simulation.tables());
        ends.phases().forEach((run, phase) -> {
            if (phase.isUnfinished()) {
                broken.add(run + " is still " + phase);
            }
            if (phase == Phase.ROLLED_BACK) {
                watch.updates().left(run, there).stream()
                        .filter(at -> !isDrift(at) && !watch.updates().isAmbiguous(at))
                        .forEach(at -> broken.add("a run that is rolled back leaves nothing: " + at + " of " + run));
            }
        });
        there.forEach((at, item) -> {
            // What others put just before a run did, a worker that died has told nobody.
            boolean isPut = Yard.isOfMembers(at) || item.containsKey(Clubs.WHY);
            if (!isPut && !EndOfStory.same(watch.history().now(at), Optional.of(item))) {
                broken.add("nothing is written behind the watch: " + at);
            }
        });
        puts(there);
        verifications.forEach(this::reported);
        unnamed(there);
        removed(there);
        if (ends.phases().values().stream().noneMatch(Phase::isUnfinished)) {
            aftermath();
        }
        return new Setting.Ending(broken, named().map(YardEnding::verdict).toList());
    }

    /** What runs have created or copied, and others may have changed. */
    private void puts(Map<Spot, Map<String, AttributeValue>> there) {
        var drift = ends.drift();
        watch.ours().forEach((at, run) -> {
            if (isRolledBack(run) && !(watch.created().mayStay(run, at) && isListed(drift, run, at))) {
                broken.add("a run that is rolled back leaves nothing: " + at + " of " + run);
            }
        });
        watch.changedOurs().forEach((at, run) -> {
            if (there.containsKey(at) && isRolledBack(run) && !isListed(drift, run, at)) {
                broken.add("not listed as drift: " + at);
            }
        });
    }

    private boolean isRolledBack(RunId run) {
        return ends.phases().get(run) == Phase.ROLLED_BACK;
    }

    private static boolean isListed(Map<RunId, List<String>> drift, RunId run, Spot at) {
        return drift.getOrDefault(run, List.of()).contains(CreatedWatch.driftLine(at));
    }

    private Stream<Difference> named() {
        return verifications.stream().flatMap(one -> one.result().differences().stream());
    }

    private static Verdict verdict(Difference one) {
        return one.verdict();
    }

    private static Spot spot(Difference one) {
        return Yard.spot(one.table(), new Key(TypedJson.parse(one.record())));
    }

    /** Nobody but the application is named, and only where it has written. */
    private void reported(Verification one) {
        long lost = one.result().differences().stream()
                .filter(difference -> verdict(difference) == Verdict.SURVIVOR_LOST || isOfPut(difference, one))
                // References to one record are one difference.
                .mapToLong(difference -> Math.max(1, difference.places()))
                .sum();
        if (one.result().failures() != lost) {
            broken.add("a good run does not fail: %s by %s: %s".formatted(one.run(), one.task(), one.result()));
        }
        for (var difference : one.result().differences()) {
            if (!didHappen(difference, one)) {
                broken.add("named what did not happen: %s of %s by %s".formatted(difference, one.run(), one.task()));
            }
        }
    }

    /** Whether others have changed what the run has created, or have taken it away. */
    private boolean isOfPut(Difference difference, Verification one) {
        return switch (verdict(difference)) {
            case MISSING, ALTERED, UNEXPECTED -> wrote(spot(difference), State.COPY, one);
            case DANGLING ->
                difference
                        .refersTo()
                        .filter(club -> club.family().value().equals("Clubs"))
                        .filter(club ->
                                wrote(Clubs.spot(Yard.CLUBS.target(), club.id().canonical()), State.COPY, one))
                        .isPresent();
            default -> false;
        };
    }

    private boolean didHappen(Difference difference, Verification one) {
        var at = spot(difference);
        return switch (verdict(difference)) {
            case UNMERGED, MATCH_ENDED ->
                watch.history().spots(at.table()).stream().anyMatch(any -> wrote(any, State.MERGE, one));
            case SURVIVOR_LOST -> wrote(at, State.MERGE, one);
            case LATE ->
                wrote(at, State.READ, one)
                        || tookAnother(at, one)
                        || (Clubs.needsAClub(difference)
                                && Stream.concat(Stream.of(at), watch.history().spots("own-Clubs").stream())
                                        .anyMatch(any -> wrote(any, State.MERGE, one)));
            case GONE -> wrote(at, State.READ, one) || tookAnother(at, one) || wasDeletedBefore(at, one);
            default -> verdict(difference).isOfReference() || wrote(at, State.COPY, one) || tookAnother(at, one);
        };
    }

    /** Whether an earlier run has copied a record that was not there any more when the run was verified. */
    private boolean wasDeletedBefore(Spot at, Verification one) {
        return Yard.isOfMembers(at)
                && one.manifest().earlier().stream()
                        .anyMatch(run -> watch.entry(run, Yard.copy(at)).isPresent())
                && watch.history().during(at, one.begun(), one.ended()).stream().anyMatch(Optional::isEmpty);
    }

    /** Whether others wrote there after the run came to {@code state}; where that is COPY, to the first level. */
    private boolean wrote(Spot at, State state, Verification one) {
        long since = state == State.COPY
                ? watch.moments().copied(one.run(), 1)
                : watch.moments().first(one.run(), state);
        return watch.history().changedByOthers(at, since, one.ended());
    }

    /** Whether a record takes a value of one that others have written. */
    private boolean tookAnother(Spot at, Verification one) {
        return watch.history().during(at, 0, one.ended()).stream()
                .flatMap(Optional::stream)
                .flatMap(record -> watch.updates().mapping().referee(one.run(), record).stream())
                .anyMatch(person -> wrote(person, State.READ, one));
    }

    /** What the plan would still change was named by the last verification of the newest run, or has changed since. */
    private void unnamed(Map<Spot, Map<String, AttributeValue>> there) {
        var all = Verification.of(simulation);
        for (var newest : ends.migrated().stream().limit(1).toList()) {
            there.forEach((at, item) -> {
                var mapping = watch.updates().mapping();
                var changing = mapping.changing(newest, at, item, one -> Optional.ofNullable(there.get(one)));
                // That is said at the last level, whatever level its table is at.
                boolean ended = all.stream().anyMatch(one -> one.run().equals(newest) && isEndedMerge(at, one));
                boolean remains = changing.isPresent() && !ended;
                var last = all.stream()
                        .filter(one -> one.run().equals(newest)
                                && changing.filter(table ->
                                                one.manifest().table(table).level()
                                                        == one.result().level())
                                        .isPresent())
                        .reduce((_, later) -> later);
                // While another run works or takes back, a verification cannot be held to this.
                boolean disturbed =
                        last.filter(one -> !verifications.contains(one)).isPresent();
                if (remains
                        && !disturbed
                        && last.filter(one -> isAccountedFor(at, one)
                                        || mapping.referee(newest, item)
                                                .filter(person -> isAccountedFor(person, one))
                                                .isPresent()
                                        || Yard.kin(at, item)
                                                .filter(person -> isAccountedFor(person, one))
                                                .isPresent())
                                .isEmpty()) {
                    broken.add("not named: " + at + " of " + newest);
                }
            });
        }
    }

    /** A reference that a run removed, and whose record is there, was named, or the record came after that. */
    private void removed(Map<Spot, Map<String, AttributeValue>> there) {
        there.keySet().stream()
                .filter(alone::containsKey)
                .filter(at -> Yard.kin(at, there.get(at)).isEmpty())
                .forEach(at -> Yard.kin(at, alone.get(at))
                        .filter(person -> Yard.isPerson(Optional.ofNullable(there.get(person))))
                        .filter(person -> !verifications.isEmpty()
                                && verifications.stream()
                                        .noneMatch(one -> watch.history().changed(person, one.begun(), Long.MAX_VALUE)
                                                || isRemovedReference(at, one)))
                        .ifPresent(person -> broken.add("not named: the reference of %s to %s".formatted(at, person))));
    }

    private static boolean isRemovedReference(Spot at, Verification one) {
        return one.result().differences().stream()
                .anyMatch(named -> named.verdict() == Verdict.REMOVED_REFERENCE
                        && spot(named).equals(at));
    }

    private static boolean isEndedMerge(Spot at, Verification one) {
        return one.result().differences().stream()
                .anyMatch(named ->
                        named.verdict() == Verdict.MATCH_ENDED && spot(named).equals(at));
    }

    private boolean isAccountedFor(Spot at, Verification last) {
        return watch.history().changed(at, last.begun(), Long.MAX_VALUE)
                || last.result().differences().stream()
                        .anyMatch(one -> spot(one).equals(at));
    }

    private void aftermath() {
        var start = start(Action.MIGRATE, "again", Optional.empty());
        var again = new Execution(start, site);
        var before = Yard.everything(site.held().tables());
        boolean mayBeRefused = mayBeRefused();
        var how = again.run();
        if (how == Result.MIGRATED) {
            migratedAgain(again, start.run());
            copied(before);
        } else if (how != Result.REFUSED || !mayBeRefused) {
            broken.add("nobody writes, and another run is " + how + ": "
                    + again.report().map(one -> one.ending().problems()));
            return;
        }
        // What runs have left that are rolled back by now, they may have left because of others.
        var kept = new HashSet<Spot>();
        var listed = ends.drift().values().stream().flatMap(List::stream).toList();
        Yard.everything(site.held().tables()).keySet().stream()
                .filter(at -> listed.contains(CreatedWatch.driftLine(at)))
                .forEach(kept::add);
        for (var run : ends.migrated()) {
            var undone = new Execution(start(Action.ROLLBACK, "undo-" + run, Optional.of(run)), site).run();
            if (undone != Result.ROLLED_BACK) {
                broken.add("the rollback of " + run + " is " + undone);
                return;
            }
            var there = Yard.everything(site.held().tables());
            var drift = ends.drift().getOrDefault(run, List.of());
            there.keySet().stream().filter(at -> Clubs.isKept(at, there, drift)).forEach(kept::add);
        }
        var left = Yard.everything(site.held().tables());
        alone.keySet().stream()
                .filter(at -> !left.containsKey(at))
                .forEach(at -> broken.add("nothing is deleted: " + at));
        left.forEach((at, item) -> {
            if (!kept.contains(at)) {
                isTheirs(at, item);
            }
        });
    }

    private void migratedAgain(Execution again, RunId run) {
        var remaining = again.report().map(one -> one.verified().remaining()).orElseThrow();
        var there = Yard.everything(site.held().tables());
        // The copy of a member that an earlier run wrote, and that is not there any more.
        boolean mayBeGone = there.keySet().stream()
                .anyMatch(at -> Yard.isOfMembers(at)
                        && Yard.copy(at).equals(at)
                        && !there.containsKey(new Spot("own-Members", at.key())));
        boolean remains = remaining.keySet().stream().anyMatch(what -> what != Counted.GONE || !mayBeGone);
        var documents = Watch.documents(site.held().objects());
        var mapping = new YardMapping(documents);
        var plain = new PlainYard(MergeWatch.of(documents, run), ended(), alone, there);
        there.forEach((at, item) -> {
            if (remains
                    || mapping.changing(run, at, item, one -> Optional.ofNullable(there.get(one)))
                            .isPresent()) {
                broken.add("another run leaves " + remaining + ", among them " + at);
            }
            if (!watch.updates().isAmbiguous(at) && !isDrift(at)) {
                plain.faults(at).forEach(fault -> broken.add("after another run, " + fault));
            }
        });
    }

    /** The merges that verifications of the runs have named because they ended. */
    private Kin ended() {
        var kin = new Kin();
        for (var run : ends.migrated()) {
            var named = Verification.of(simulation).stream()
                    .filter(one -> one.run().equals(run))
                    .flatMap(one -> one.result().differences().stream())
                    .filter(one -> verdict(one) == Verdict.MATCH_ENDED)
                    .map(one -> new Kin.Member(one.table().named().value(), Yard.id(spot(one))))
                    .collect(Collectors.toSet());
            MergeWatch.decided(watch.documents(), run).all().forEach((merged, survivor) -> {
                if (named.contains(merged)) {
                    kin.merge(merged.family(), merged.id(), survivor.id());
                }
            });
        }
        return kin;
    }

    /** What another run made of members and of clubs, worked out without the engine. */
    private void copied(Map<Spot, Map<String, AttributeValue>> before) {
        var there = Yard.everything(site.held().tables());
        new Clubs(Yard.CLUBS, before)
                .faults(
                        new Clubs(Yard.CLUBS.written(), there),
                        at -> Yard.isOfMembers(at) ? Yard.copy(at) : at,
                        id -> id,
                        at -> Yard.isOfMembers(at) && watch.strangers().containsKey(at))
                .forEach(fault -> broken.add("after another run, " + fault));
    }

    /** Whether records cannot be merged as the plan says, or it cannot be said which become one. */
    private boolean mayBeRefused() {
        var there = Yard.everything(site.held().tables());
        // A run of a part of the plan decides on all merges, and carries out none or some.
        boolean adopted = ends.migrated().stream()
                .filter(run -> MergeWatch.isWhole(watch.documents(), run))
                .anyMatch(
                        run -> MergeWatch.of(watch.documents(), run).all().containsKey(new Kin.Member("People", "p1")));
        return (!adopted && !(Yard.mayBeMerged(there, "p0") && Yard.mayBeMerged(there, "p1")))
                || Kin.of(Yard.KIN, there).isEmpty()
                || Kin.of(Yard.KIN, alone).isEmpty();
    }

    private Start start(Action action, String name, Optional<RunId> on) {
        return new Start(plan, action, name, site.now(), on);
    }

    private void isTheirs(Spot at, Map<String, AttributeValue> item) {
        if (isDrift(at)) {
            if (!watch.updates().isTheirs(at)) {
                broken.add("drift is the work of others: " + at);
            }
        } else if (!watch.updates().isAmbiguous(at)
                && !EndOfStory.same(Optional.of(item), Optional.ofNullable(alone.get(at)))
                && !EndOfStory.same(Optional.of(item), watch.strangers().getOrDefault(at, Optional.empty()))) {
            broken.add("nobody's update is lost, and nothing of ours is left: %s holds %s instead of %s"
                    .formatted(at, item, alone.get(at)));
        }
    }

    private boolean isDrift(Spot at) {
        var key = TypedJson.text(at.key().attributes());
        if (Yard.isOfMembers(at)) {
            return Yard.copy(at).equals(at)
                    && ends.drift().values().stream().anyMatch(lines -> lines.contains("Members " + key));
        }
        return ends.drift().values().stream()
                .anyMatch(lines -> Yard.tablesAt(at)
                        .flatMap(table -> Stream.of(table, table.mergedAway(), table.created()))
                        .anyMatch(table -> lines.contains(table + " " + key)));
    }
}
