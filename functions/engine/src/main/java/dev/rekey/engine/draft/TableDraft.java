package dev.rekey.engine.draft;

import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.engine.join.RecordWalk;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a table's part of the plan says.
 *
 * @param keys by key attribute
 * @param references in order of the paths, without those of the key
 * @param composites attributes of the key and of the keys of indexes whose values hold ids and more
 */
record TableDraft(
        SourceTable table,
        long records,
        Map<KeySet, KeyDraft> keys,
        List<DraftedReference> references,
        List<CompositeKey> composites) {
    /** @param facts at least one, for people */
    record CompositeKey(String attribute, List<String> facts) {}

    boolean isComposite(String attribute) {
        return composites.stream().anyMatch(key -> key.attribute().equals(attribute));
    }

    /**
     * @param path as a plan writes it
     * @param judgement no {@link Judgement.Nothing}
     */
    record DraftedReference(String path, PathTally tally, Judgement judgement) {
        static DraftedReference of(List<Step> path, PathTally tally, Judgement judgement) {
            return new DraftedReference(RecordWalk.text(path), tally, judgement);
        }
    }

    /** @param role {@code self}, {@code keep} or the name of a table */
    record KeyDraft(String role, DraftedReference found) {}

    /** References that the plan holds, those of the key too, unless somebody has to decide about the key first. */
    long active() {
        return (composites.isEmpty() ? inKey() : Stream.<DraftedReference>of())
                        .filter(TableDraft::isSure)
                        .count()
                + references.stream().filter(TableDraft::isSure).count();
    }

    long doubtful() {
        return Stream.concat(inKey(), references.stream())
                .filter(found ->
                        found.judgement() instanceof Judgement.Doubtful || found.judgement() instanceof Judgement.Named)
                .count();
    }

    private Stream<DraftedReference> inKey() {
        return keys.values().stream().map(KeyDraft::found);
    }

    private static boolean isSure(DraftedReference found) {
        return found.judgement() instanceof Judgement.Reference;
    }
}
