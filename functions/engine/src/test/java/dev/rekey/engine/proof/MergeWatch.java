package dev.rekey.engine.proof;

import dev.rekey.engine.proof.Kin.Member;
import dev.rekey.engine.proof.Progress.State;
import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.FrozenMerges.Merged;
import dev.rekey.engine.run.FrozenMerges.Origin;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.workflow.ColdProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Sees the merges of a run when they are frozen, and compares them with what {@link Kin} finds in the tables. */
final class MergeWatch {
    private final Kin.Rules rules;
    private final History history;
    private final Moments moments;
    private final Documents documents;
    private final List<String> broken;
    /** Where merged records would be, had a run copied them. */
    private final Map<RunId, Set<Spot>> never = new HashMap<>();

    MergeWatch(Kin.Rules rules, History history, Moments moments, Documents documents, List<String> broken) {
        this.rules = rules;
        this.history = history;
        this.moments = moments;
        this.documents = documents;
        this.broken = broken;
    }

    /** The merges of a run, once they are all known; without those that it has left out since. */
    static Kin of(Documents documents, RunId run) {
        return kin(merges(documents, run));
    }

    /** The same with those that it has left out since. */
    static Kin decided(Documents documents, RunId run) {
        return kin(FrozenMerges.find(documents, new RunFolder(run))
                .orElse(FrozenMerges.NONE)
                .all());
    }

    private static Kin kin(List<Merged> merges) {
        var kin = new Kin();
        merges.forEach(one -> kin.merge(
                one.family().value(), one.merged().canonical(), one.survivor().canonical()));
        return kin;
    }

    private static List<Merged> merges(Documents documents, RunId run) {
        return FrozenMerges.kept(documents, new RunFolder(run))
                .orElse(FrozenMerges.NONE)
                .all();
    }

    /** A run has created an object. */
    void stored(RunId run, ObjectKey key) {
        if (key.equals(new RunFolder(run).merges())) {
            frozen(run);
        } else if (rules.equals(Ward.KIN) && key.name().startsWith(new RunFolder(run).endedMerges())) {
            never.put(run, uncopied(run, of(documents, run)));
        }
    }

    private void frozen(RunId run) {
        var merged = of(documents, run);
        var earlier = documents
                .get(new RunFolder(run).manifest(), Manifest.class)
                .value()
                .earlier();
        Kin.named(rules)
                .all()
                .forEach((one, survivor) -> require(merged, one, survivor, "what the plan merges, runs do"));
        earlier.stream()
                .filter(this::isWhole)
                .forEach(before -> merges(documents, before).stream()
                        .filter(one -> one.origin() != Origin.EARLIER_RUN)
                        .forEach(one -> require(
                                merged,
                                new Member(one.family().value(), one.merged().canonical()),
                                new Member(one.family().value(), one.survivor().canonical()),
                                "what an earlier run has merged stays merged")));
        if (rules.equals(Ward.KIN)) {
            never.put(run, uncopied(run, merged));
        }
        // What an earlier run left, the tables alone do not tell; and what others write meanwhile may be read or not.
        if (earlier.isEmpty() && !history.changed(moments.first(run, State.MERGE))) {
            var expected = Kin.of(rules, history.now()).orElseGet(() -> Kin.named(rules));
            if (!merged.all().equals(expected.all())) {
                broken.add("records are merged that match, and no others: %s of %s instead of %s"
                        .formatted(merged.all(), run, expected.all()));
            }
        }
    }

    private Set<Spot> uncopied(RunId run, Kin merged) {
        var manifest =
                documents.get(new RunFolder(run).manifest(), Manifest.class).value();
        var plan = ColdProcess.plan(Ward.plan(Optional.empty()));
        var mapping = new WardMapping(plan, manifest, documents, _ -> Optional.empty());
        return merged.all().keySet().stream()
                .map(one -> mapping.target(Ward.source(one)))
                .collect(Collectors.toSet());
    }

    /** A run has copied a record to the target. */
    void copied(RunId run, Spot at) {
        if (never.getOrDefault(run, Set.of()).contains(at)) {
            broken.add("a merged record is not copied: " + at);
        }
    }

    /** Whether it was of the whole plan, and nothing of it was taken back: of others, the log says what they have merged. */
    private boolean isWhole(RunId run) {
        return isWhole(documents, run);
    }

    static boolean isWhole(Documents documents, RunId run) {
        var folder = new RunFolder(run);
        var control = documents.get(folder.control(), Control.class).value();
        return control.phase() == Phase.MIGRATED
                && control.undoing().parts().isEmpty()
                && documents
                        .get(folder.manifest(), Manifest.class)
                        .value()
                        .options()
                        .scope()
                        .isEverything();
    }

    private void require(Kin merged, Member one, Member survivor, String rule) {
        boolean kept = !merged.survivor(one).equals(one) && merged.survivor(one).equals(merged.survivor(survivor));
        if (!kept) {
            broken.add(rule + ": " + one + " became " + merged.survivor(one) + " instead of " + survivor);
        }
    }
}
