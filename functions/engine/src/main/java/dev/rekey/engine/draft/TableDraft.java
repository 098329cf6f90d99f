package dev.rekey.engine.draft;

import dev.rekey.engine.evidence.RecordWalk;
import dev.rekey.engine.plan.ReferencePath.Step;
import java.util.List;
import java.util.Map;

/**
 * What a table's part of the plan says.
 *
 * @param keys by key attribute
 * @param references in order of the paths, without those of the key
 */
record TableDraft(SourceTable table, long records, Map<KeySet, KeyDraft> keys, List<Found> references) {
    /**
     * @param path as a plan writes it
     * @param judgement no {@link Judgement.Nothing}
     */
    record Found(String path, Tally tally, Judgement judgement) {
        static Found of(List<Step> path, Tally tally, Judgement judgement) {
            return new Found(RecordWalk.text(path), tally, judgement);
        }
    }

    /** @param role {@code self}, {@code keep} or the name of a table */
    record KeyDraft(String role, Found found) {}

    /** References that the plan holds, those of the key too. */
    long active() {
        var inKey = keys.values().stream()
                .filter(key -> key.found().judgement() instanceof Judgement.Reference)
                .count();
        return inKey
                + references.stream()
                        .filter(found -> found.judgement() instanceof Judgement.Reference)
                        .count();
    }

    long doubtful() {
        var inKey = keys.values().stream()
                .filter(key -> key.found().judgement() instanceof Judgement.Doubtful)
                .count();
        return inKey
                + references.stream()
                        .filter(found -> found.judgement() instanceof Judgement.Doubtful)
                        .count();
    }
}
