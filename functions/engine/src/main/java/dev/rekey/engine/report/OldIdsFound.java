package dev.rekey.engine.report;

import dev.rekey.core.item.Wording;
import dev.rekey.engine.analyze.Evidence;
import dev.rekey.engine.analyze.StaleIds;
import dev.rekey.engine.verify.LevelResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What to say of old ids that a verification found where the plan declares no reference. */
record OldIdsFound(List<StaleIds> places) {
    static OldIdsFound of(List<LevelResult> levels) {
        return new OldIdsFound(
                levels.stream().flatMap(level -> level.stale().stream()).toList());
    }

    /** To follow another sentence; empty if there are none that mean anything. */
    String sentence(String where) {
        return remain(ids -> ids.evidence() != Evidence.WEAK)
                .map(old -> " " + old + " " + where + ".")
                .orElse("");
    }

    /**
     * That a run cannot be confirmed because of them, although no record differs; empty if it can be.
     *
     * @param right what the verification found of the records
     */
    Optional<String> unconfirmed(String run, String right) {
        var where = places.stream()
                .filter(StaleIds::fails)
                .map(ids -> ids.at().table() + "." + ids.at().path())
                .distinct()
                .toList();
        return remain(StaleIds::fails)
                .map(
                        old ->
                                "Cannot confirm run %s: %s where the plan declares no reference: %s. %s Nothing was changed."
                                                .formatted(run, old, Wording.list(where), right)
                                        + " Declare the references and run the plan again, or accept the places in checks if the ids are to stay.");
    }

    private Optional<String> remain(Predicate<StaleIds> which) {
        long old = places.stream().filter(which).mapToLong(StaleIds::values).sum();
        return Optional.of(Wording.count(old, "old id") + Wording.agree(old, " remains", " remain"))
                .filter(_ -> old > 0);
    }
}
