package dev.rekey.engine.analyze;

import dev.rekey.core.identity.Identity;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.identity.Survivors;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.mapping.MergeRules;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.mapping.UnmappableException;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.Merge;
import dev.rekey.core.plan.Merge.Matching;
import dev.rekey.core.plan.ReferencePath;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.join.FamilyRecords;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.FrozenMerges.Merged;
import dev.rekey.engine.run.FrozenMerges.Origin;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.store.Documents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Judges the merges of a run again, by the records as they are now: applications delete and change them while the run works.
 */
public final class MergesNow {
    private final Documents documents;
    private final RunContext run;
    private final FamilyRecords source;
    private final int next;

    /** @param next the level that is about to be written; one after the last, where all are */
    public MergesNow(Documents documents, RunContext run, FamilyRecords source, int next) {
        this.documents = documents;
        this.run = run;
        this.source = source;
        this.next = next;
    }

    /**
     * What no longer is as it was decided.
     *
     * @param lost survivors that are gone, or that the plan allows no longer
     * @param ended merges of which the plan allows one record no longer, or that no longer match
     */
    public record Judged(List<Finding> lost, List<Merged> ended) {
        /** Those of which nothing is written yet, or nothing that needs the others. */
        Set<Merged> leftOut(RunContext run, int next) {
            return ended.stream()
                    .filter(one -> run.known().tables().stream()
                            .filter(table -> table.family().equals(one.family()))
                            .filter(table -> table.merge().isPresent())
                            .allMatch(table -> table.isInPlace() || next <= levelOf(run, table)))
                    .collect(Collectors.toSet());
        }
    }

    /**
     * Freezes which merges the level that is about to be written leaves out, as those before it did. If a worker has come to
     * it, what was frozen then stays: this execution only continues.
     */
    public void leaveOut(Judged judged, RunId task) {
        if (hasBegun()) {
            return;
        }
        var ended = new LinkedHashSet<>(FrozenMerges.ended(documents, run.folder(), next - 1));
        ended.addAll(judged.leftOut(run, next));
        new FrozenMerges(List.copyOf(ended)).end(documents, run.folder(), next, task);
    }

    private boolean hasBegun() {
        return run.manifest().units(next).stream()
                .map(unit -> run.folder().checkpointPrefix(Stage.COPY) + unit + "/")
                .anyMatch(prefix -> !documents.list(prefix).isEmpty());
    }

    /** The level that the records of {@code table} are written at; the first, if the run does not work on it. */
    public static int levelOf(RunContext run, TablePlan table) {
        return run.manifest().tables().containsKey(table.name())
                ? run.manifest().table(table.name()).level()
                : 1;
    }

    public Judged judge() {
        var decided = FrozenMerges.decided(documents, run.folder());
        var merges = FrozenMerges.at(documents, run.folder(), run.known(), next - 1);
        var tables = run.known().tables().stream()
                .filter(table -> table.merge().isPresent())
                .map(table -> new OfTable(table, merges.own(table.family()), merges.toFind(table.family())))
                .toList();
        var ended = new LinkedHashSet<Merged>();
        boolean more = true;
        while (more) {
            // What belonged together through one that has ended has ended, too.
            var survivors = merges.without(ended, decided).survivors();
            var found = tables.stream().flatMap(table -> table.ended(survivors)).toList();
            more = ended.addAll(found);
        }
        var judged = new Judged(List.of(), List.copyOf(ended));
        var leftOut = judged.leftOut(run, next);
        var lost = new ArrayList<Finding>();
        tables.forEach(table -> table.lost(leftOut, lost));
        return new Judged(lost, judged.ended());
    }

    /** The merges of one table, with their records as they are now. */
    private final class OfTable {
        private final TablePlan table;
        private final List<Merged> merges;
        private final MergeRules rules;
        private final RecordMapping mapping;
        private final Map<OldId, List<Map<String, AttributeValue>>> records;
        /** Whether the run itself may have changed survivors by now. */
        private final boolean changed;
        /** The same of the records that are merged. */
        private final boolean marked;

        private final Set<String> written = new HashSet<>();

        OfTable(TablePlan table, List<Merged> merges, Set<OldId> ids) {
            this.table = table;
            this.merges = merges;
            this.rules = MergeRules.of(table, run.manifest().startedAt());
            this.mapping = run.mappingOfUnmerged(table.name());
            this.changed = table.isInPlace() && next > levelOf(run, table);
            this.marked = table.mergedAway().isPresent()
                    && next > run.manifest().levels().size();
            written();
            this.records = ids.isEmpty() ? Map.of() : source.of(table, ids);
        }

        /** Names of attributes that say no longer whether two records match. */
        private void written() {
            if (changed) {
                written.addAll(table.set().keySet());
                table.rename().forEach((from, to) -> written.addAll(List.of(from, to)));
                written.addAll(table.drop());
                table.references()
                        .forEach(reference -> written.add(reference.path().text()));
            }
            if (marked) {
                written.addAll(table.merge().orElseThrow().set().keySet());
            }
        }

        Stream<Merged> ended(Map<FamilyName, Survivors> survivors) {
            return merges.stream().filter(one -> !holds(one, survivors));
        }

        /** A record that is gone is merged as far as anybody can tell; of a survivor that is, more is said. */
        private boolean holds(Merged one, Map<FamilyName, Survivors> survivors) {
            var merged = records.getOrDefault(one.merged(), List.of());
            var into = records.getOrDefault(one.survivor(), List.of());
            try {
                return merged.stream().allMatch(record -> marked || (mapping.includes(record) && rules.allows(record)))
                        && into.stream().allMatch(record -> changed || mapping.includes(record))
                        && (one.origin() != Origin.MATCH
                                || merged.stream()
                                        .allMatch(record ->
                                                into.stream().allMatch(other -> match(record, other, survivors))));
            } catch (UnmappableException _) {
                return false;
            }
        }

        private boolean match(
                Map<String, AttributeValue> record,
                Map<String, AttributeValue> other,
                Map<FamilyName, Survivors> survivors) {
            return values(record).equals(values(other))
                    && within().map(path -> isSame(parent(record, path), parent(other, path), survivors))
                            .orElse(true);
        }

        private Optional<ReferencePath> within() {
            return matching().flatMap(Matching::within);
        }

        private Optional<Matching> matching() {
            return table.merge().flatMap(Merge::matching);
        }

        private Optional<Identity> parent(Map<String, AttributeValue> record, ReferencePath within) {
            return MergeCandidateReader.parent(mapping, within, record);
        }

        /** Those that the run does not write; empty if it lacks one. */
        private Optional<Map<String, AttributeValue>> values(Map<String, AttributeValue> record) {
            if (matching().isEmpty() || written.containsAll(matching().get().by())) {
                return Optional.of(Map.of());
            }
            var all = rules.values(record).map(HashMap::new);
            all.ifPresent(values -> values.keySet().removeAll(written));
            return all.map(values -> values);
        }

        /** What the run has changed already refers to the new identity. */
        private boolean isSame(Optional<Identity> one, Optional<Identity> other, Map<FamilyName, Survivors> survivors) {
            if (one.isEmpty() || other.isEmpty()) {
                return false;
            }
            var first = of(one.get(), survivors);
            var second = of(other.get(), survivors);
            return first.equals(second)
                    || (changed && (resulting(first).equals(second) || first.equals(resulting(second))));
        }

        private static Identity of(Identity id, Map<FamilyName, Survivors> survivors) {
            return new Identity(
                    id.family(),
                    survivors.getOrDefault(id.family(), Survivors.NONE).of(id.id()));
        }

        private Identity resulting(Identity id) {
            return new Identity(id.family(), run.families().rule(id.family()).resulting(id.id()));
        }

        /** @param leftOut merges whose survivors are needed no longer */
        void lost(Set<Merged> leftOut, List<Finding> lost) {
            var self = KeyRoles.self(table, run.manifest().shapes(table.name()).source())
                    .orElseThrow();
            merges.stream()
                    .filter(Predicate.not(leftOut::contains))
                    .map(Merged::survivor)
                    .distinct()
                    .filter(Predicate.not(this::isThere))
                    .forEach(id -> lost.add(new Finding(
                            Severity.ERROR,
                            "merge.survivor-lost",
                            table.name(),
                            "merge",
                            "is a record that others are merged into, and is gone or not allowed any more",
                            TypedJson.text(Map.of(self.name(), id.value())),
                            1)));
        }

        private boolean isThere(OldId id) {
            var own = records.getOrDefault(id, List.of());
            try {
                return !own.isEmpty() && own.stream().allMatch(rules::allows);
            } catch (UnmappableException _) {
                return false;
            }
        }
    }
}
