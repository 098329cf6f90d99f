package dev.rekey.engine.proof;

import dev.rekey.core.item.TypedJson;
import dev.rekey.engine.proof.Progress.State;
import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.run.FrozenCreated;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Sees which clubs a run creates when they are frozen, and compares them with what {@link Clubs} finds in the tables; and sees
 * which are taken back.
 */
final class CreatedWatch {
    private final Clubs.Sides sides;
    private final History history;
    private final Moments moments;
    private final Documents documents;
    private final List<String> broken;

    CreatedWatch(Clubs.Sides sides, History history, Moments moments, Documents documents, List<String> broken) {
        this.sides = sides;
        this.history = history;
        this.moments = moments;
        this.documents = documents;
        this.broken = broken;
    }

    /** What a run creates, once all of it is known. */
    static FrozenCreated of(Documents documents, RunId run) {
        return FrozenCreated.find(documents, new RunFolder(run)).orElse(FrozenCreated.NONE);
    }

    /** A run has created an object. */
    void stored(RunId run, ObjectKey key) {
        if (key.equals(new RunFolder(run).created())) {
            frozen(run);
        }
    }

    private void frozen(RunId run) {
        // What others write meanwhile may be read or not.
        if (history.changed(moments.first(run, State.MERGE))) {
            return;
        }
        var manifest =
                documents.get(new RunFolder(run).manifest(), Manifest.class).value();
        boolean creates = manifest.tables().keySet().stream().anyMatch(table -> table.isCreated());
        var needed = creates ? new Clubs(sides, history.now()).needed(former(run)) : List.<String>of();
        var found = Clubs.texts(of(documents, run).all().stream().map(FrozenCreated.Created::attributes));
        if (!found.equals(needed)) {
            broken.add("clubs are created that are needed, and no others: %s of %s instead of %s"
                    .formatted(found, run, needed));
        }
    }

    /** For which tenant runs have created clubs, by id, or {@code run} is to: an application may know the id from one that stopped. */
    private Map<String, String> former(RunId run) {
        var former = new HashMap<String, String>();
        of(documents, run).all().stream()
                .filter(FrozenCreated.Created::absent)
                .forEach(club -> former.put(
                        club.id().canonical(), club.attributes().get(Clubs.WHY).s()));
        history.spots(sides.source())
                .forEach(at -> history.during(at, 0, Long.MAX_VALUE).stream()
                        .flatMap(Optional::stream)
                        .flatMap(club -> Optional.ofNullable(club.get(Clubs.WHY)).stream())
                        .filter(why -> why.s().startsWith("of "))
                        .forEach(why ->
                                former.put(at.key().attributes().get("id").s(), why.s())));
        return former;
    }

    /**
     * A rollback of {@code run} has deleted a record.
     *
     * @param ours records that a run wrote last, or that count as written by it, and which run
     */
    void takenBack(RunId run, Spot at, Map<String, AttributeValue> deleted, Map<Spot, RunId> ours) {
        if (!at.table().equals(sides.target()) || !deleted.containsKey(Clubs.WHY)) {
            return;
        }
        long fenced = moments.fenced(run);
        history.now().forEach((from, record) -> {
            if (refers(from, record, at)
                    && !run.equals(ours.get(from))
                    && !history.changed(from, fenced, Long.MAX_VALUE)
                    && before(run, from).noneMatch(earlier -> refers(from, earlier, at))) {
                broken.add("a club that others refer to stays: %s, a club of %s".formatted(at, from));
            }
        });
    }

    /** Whether a rollback of {@code run} may have met a reference to what stands there, which counts. */
    boolean mayStay(RunId run, Spot at) {
        long fenced = moments.fenced(run);
        return at.table().equals(sides.target())
                && history.spots().stream()
                        .filter(from -> history.during(from, fenced, Long.MAX_VALUE).stream()
                                .flatMap(Optional::stream)
                                .anyMatch(record -> refers(from, record, at)))
                        .anyMatch(from -> {
                            var before = before(run, from).toList();
                            return before.isEmpty() || !before.stream().allMatch(earlier -> refers(from, earlier, at));
                        });
    }

    /**
     * What stood there when the run looked for what is to be created, if that is read where it is written: references to
     * clubs that were not there then do not count.
     */
    private Stream<Map<String, AttributeValue>> before(RunId run, Spot from) {
        boolean isInPlace = from.table().equals(sides.source())
                || from.table().equals(sides.members().get(from.table()));
        return isInPlace
                ? history.during(from, moments.first(run, State.PREPARE), moments.first(run, State.READ)).stream()
                        .map(content -> content.orElse(Map.of()))
                : Stream.empty();
    }

    /** As reports of rollbacks list what is created. */
    static String driftLine(Spot at) {
        return "Clubs~created " + TypedJson.text(at.key().attributes());
    }

    private boolean refers(Spot from, Map<String, AttributeValue> record, Spot club) {
        return sides.refer(from)
                && !from.equals(club)
                && Clubs.clubOf(record)
                        .filter(club.key().attributes().get("id").s()::equals)
                        .isPresent();
    }
}
