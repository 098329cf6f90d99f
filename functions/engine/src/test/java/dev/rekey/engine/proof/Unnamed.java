package dev.rekey.engine.proof;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.SameContent;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.log.Operation;
import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.store.InMemoryTables;
import dev.rekey.engine.verify.Difference;
import dev.rekey.engine.verify.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Compares the source with the target when all is over: what differs was named by the last verification of the last run,
 * or happened after that began to compare.
 */
final class Unnamed {
    /** What refers to others, in each table. */
    private static final Map<String, String> REFERENCES = Map.of(
            "dst-People", "managerId",
            "dst-Notes", "personId",
            "dst-Codes", "personId",
            "dst-Clubs", "headId",
            "dst-Members", "clubId");

    private final Watch watch;
    private final WardMapping mapping;
    private final List<Verification> all;
    private final List<Verification> last;
    private final Map<Spot, Map<String, AttributeValue>> source;
    private final Map<Spot, Map<String, AttributeValue>> target;

    /**
     * @param all verifications of runs that have migrated and still are
     * @param last of them those of the last run's levels
     */
    Unnamed(Watch watch, WardMapping mapping, List<Verification> all, List<Verification> last, InMemoryTables tables) {
        this.watch = watch;
        this.mapping = mapping;
        this.all = all;
        this.last = last;
        this.source = Ward.source(tables);
        mapping.created(last.getFirst().run()).forEach(source::putIfAbsent);
        this.target = Ward.target(tables);
    }

    List<String> differences() {
        var unnamed = new ArrayList<String>();
        var moving = new HashSet<Spot>();
        source.forEach((from, record) -> mapping.item(from, record).ifPresent(item -> {
            var at = mapping.target(from);
            moving.add(at);
            content(from, at, item).ifPresent(unnamed::add);
            reference(from, at, record, item).ifPresent(unnamed::add);
        }));
        target.forEach((at, item) -> {
            boolean theirs = SameContent.same(item, EndOfStory.ORIGINAL.getOrDefault(at, Map.of()));
            if (!moving.contains(at) && !theirs && !isGone(at, item)) {
                unnamed.add("not named, and in the target only: %s %s".formatted(at, item));
            }
        });
        return unnamed;
    }

    /** But for the reference. */
    private Optional<String> content(Spot from, Spot at, Map<String, AttributeValue> item) {
        var there = Optional.ofNullable(target.get(at)).map(Unnamed::withoutReference);
        boolean right = there.filter(found -> SameContent.same(found, withoutReference(item)))
                .isPresent();
        return right || isSkipped(at) || isNamed(from, at) || happenedAfter(from, at) || tookAnother(from, at)
                ? Optional.empty()
                : Optional.of("not named: the source's %s is %s, the target's %s".formatted(from, item, there));
    }

    /** What refers to a record that is there refers to it by its new id; the record of another is named. */
    private Optional<String> reference(
            Spot from, Spot at, Map<String, AttributeValue> record, Map<String, AttributeValue> item) {
        var name = REFERENCES.getOrDefault(at.table(), "personId");
        var there = target.get(at);
        if (!record.containsKey(name) || there == null || isSkipped(at)) {
            return Optional.empty();
        }
        var person = referred(name, record.get(name));
        boolean exists = target.containsKey(mapping.target(person));
        var value = Optional.ofNullable(there.get(name));
        // Of an orphan, the old value stays, or nothing.
        boolean right = exists == value.filter(item.get(name)::equals).isPresent();
        return right
                        || isNamed(from, at)
                        || isNamedReference(at, person)
                        || isDeletedCopy(person, exists)
                        || happenedAfter(from, at)
                        || happenedAfter(person, mapping.target(person))
                ? Optional.empty()
                : Optional.of("not named: the reference of %s to %s is %s".formatted(at, person, value));
    }

    private Spot referred(String name, AttributeValue id) {
        return name.equals("clubId") || name.equals("headId")
                ? Clubs.spot("src-Clubs", id.s())
                : mapping.survivor(WardMapping.person(id));
    }

    private static Map<String, AttributeValue> withoutReference(Map<String, AttributeValue> item) {
        var rest = new HashMap<>(item);
        rest.keySet().removeAll(REFERENCES.values());
        return rest;
    }

    private boolean isSkipped(Spot at) {
        return watch.entry(last.getFirst().run(), at)
                .filter(entry -> entry.operation() instanceof Operation.Skipped)
                .isPresent();
    }

    private boolean isNamed(Spot from, Spot at) {
        return last.stream()
                .flatMap(one -> one.result().differences().stream())
                .filter(one -> !one.verdict().isOfReference())
                .map(Unnamed::spot)
                .anyMatch(named -> named.equals(at) || named.equals(new Spot(at.table(), from.key())));
    }

    private boolean isNamedReference(Spot at, Spot person) {
        return last.stream()
                .flatMap(one -> one.result().differences().stream())
                .filter(one -> one.verdict().isOfReference())
                .filter(one -> spot(one).table().equals(at.table()))
                .anyMatch(one -> mapping.referred(one.refersTo().orElseThrow()).equals(person));
    }

    /** What the run found as it should be, and somebody deleted then: the record is named, and not once more each reference to it. */
    private boolean isDeletedCopy(Spot person, boolean exists) {
        return !exists
                && last.stream()
                        .flatMap(one -> one.result().differences().stream())
                        .anyMatch(one ->
                                one.verdict() == Verdict.DRIFTED && spot(one).equals(mapping.target(person)));
    }

    private static Spot spot(Difference one) {
        return new Spot("dst-" + Ward.physical(one.table()), new Key(TypedJson.parse(one.record())));
    }

    /** Whether the record takes a value of one that has changed. */
    private boolean tookAnother(Spot from, Spot at) {
        long begun = last.stream().mapToLong(Verification::begun).min().orElseThrow();
        return mapping.referees(watch.history(), from, begun, Long.MAX_VALUE).stream()
                .anyMatch(person -> happenedAfter(person, at));
    }

    private boolean happenedAfter(Spot from, Spot at) {
        return happenedAfter(from, at, last);
    }

    private boolean happenedAfter(Spot from, Spot at, List<Verification> levels) {
        var table = new TableName(at.table().replace("dst-", ""));
        return levels.stream()
                .filter(one ->
                        one.manifest().table(table).level() == one.result().level())
                .anyMatch(one -> watch.history().changed(from, one.begun(), Long.MAX_VALUE)
                        || watch.history().changed(at, one.begun(), Long.MAX_VALUE));
    }

    /** Named by the run that wrote it, or deleted after that compared it; or it is a stranger's, whom others look after. */
    private boolean isGone(Spot at, Map<String, AttributeValue> item) {
        if (watch.strangers().containsKey(at)) {
            return true;
        }
        if (item.containsKey(Clubs.WHY)) {
            // An earlier run has created it.
            return true;
        }
        var from = watch.history().spots(at.table().replace("dst-", "src-")).stream()
                .filter(one -> mapping.target(one).equals(at))
                .findFirst();
        return from.isPresent()
                && all.stream()
                        .anyMatch(one -> happenedAfter(from.get(), at, List.of(one))
                                || one.result().differences().stream()
                                        .anyMatch(named -> named.verdict() == Verdict.GONE
                                                && spot(named).equals(at)));
    }
}
