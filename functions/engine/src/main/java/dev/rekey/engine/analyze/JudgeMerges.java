package dev.rekey.engine.analyze;

import dev.rekey.core.identity.Identity;
import dev.rekey.core.identity.MergeMatching;
import dev.rekey.core.identity.MergeMatching.Candidate;
import dev.rekey.core.identity.MergeMatching.Conflict;
import dev.rekey.core.identity.MergeMatching.Found;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.identity.Survivors;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.mapping.MergeRules;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.mapping.UnmappableException;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.Merge.Matching;
import dev.rekey.core.plan.ReferencePath;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.join.FamilyRecords;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.FrozenMerges.Merged;
import dev.rekey.engine.run.FrozenMerges.Origin;
import dev.rekey.engine.run.Levels;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.GzippedLines;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Decides which records are merged, and freezes it into the run: what the plan and earlier runs say, and what matches once
 * that is done. What stands in the way is a finding of the analysis that follows.
 */
public final class JudgeMerges {
    private final Documents documents;
    private final RunContext run;
    private final FamilyRecords source;
    private final FamilyRecords target;
    private final List<Finding> findings = new ArrayList<>();

    public JudgeMerges(Documents documents, RunContext run, FamilyRecords source, FamilyRecords target) {
        this.documents = documents;
        this.run = run;
        this.source = source;
        this.target = target;
    }

    /** @return all merges of the run; without those of records that match, if some must not */
    public FrozenMerges judge() {
        var decided = FrozenMerges.decided(documents, run.folder());
        var candidates = new MergeCandidates(documents, run.folder().mergeCandidates()).alike();
        var compared = new FormerParents(documents, run)
                .of(candidates).stream().map(MergeCandidate::candidate).toList();
        var apart = new LinkedHashMap<Identity, Merged>();
        var found = matches(compared, decided, apart.keySet());
        for (var copied = copied(found); !copied.isEmpty(); copied = copied(found)) {
            apart.putAll(copied);
            found = matches(compared, decided, apart.keySet());
        }
        apart.values().forEach(this::apart);
        if (!found.conflicts().isEmpty()) {
            conflicts(found.conflicts(), candidates);
        }
        tables().forEach(table -> ends(table, decided.of(table.family())));
        var merges = found.conflicts().isEmpty() ? with(decided, found.survivors()) : decided;
        tables().forEach(table -> notCopied(table, merges.of(table.family())));
        documents.putBytes(
                new ObjectKey(CandidatesSegment.findings(run.folder()) + "judged.jsonl.gz"), GzippedLines.of(findings));
        if (!apart.isEmpty()) {
            documents.putBytes(run.folder().apart(), GzippedLines.of(apart.values()));
        }
        merges.freeze(documents, run.folder());
        return merges;
    }

    /** @param apart records that match nothing, whatever they hold */
    private Found matches(List<Candidate> candidates, FrozenMerges decided, Set<Identity> apart) {
        var matching = new MergeMatching(decided.survivors());
        tables().forEach(table -> matching(table).ifPresent(rule -> matching.table(table.name(), rule.merge())));
        candidates.stream().filter(one -> !apart.contains(one.own())).forEach(matching::add);
        return matching.find();
    }

    /**
     * Of the records that would be merged because they match, those that an earlier run has copied: what refers to the copy
     * would refer to it for ever, so they stay apart from the others. Of one table: records of others may match because of
     * them alone.
     */
    private Map<Identity, Merged> copied(Found found) {
        var copied = new LinkedHashMap<Identity, Merged>();
        if (!found.conflicts().isEmpty()) {
            return copied;
        }
        var parentsFirst = Levels.of(run.known()).stream().flatMap(List::stream).toList();
        for (var name : parentsFirst) {
            var table = run.known().table(name);
            if (table.merge().isPresent() && copied.isEmpty()) {
                var merges = found.survivors()
                        .getOrDefault(table.family(), Survivors.NONE)
                        .byMerged();
                copies(table, merges.keySet())
                        .keySet()
                        .forEach(id -> copied.put(
                                new Identity(table.family(), id),
                                new Merged(table.family(), id, merges.get(id), Origin.MATCH)));
            }
        }
        return copied;
    }

    private void apart(Merged one) {
        var table = tables().stream()
                .filter(each -> each.family().equals(one.family()))
                .findFirst()
                .orElseThrow();
        findings.add(new Finding(
                Severity.WARNING,
                "merge.apart",
                table.name(),
                "merge",
                "matches " + key(table, one.survivor()) + ", and the target holds a copy of it: the two stay apart",
                key(table, one.merged()),
                1));
    }

    private List<TablePlan> tables() {
        return run.known().tables().stream()
                .filter(table -> table.merge().isPresent())
                .toList();
    }

    private static Optional<Matching> matching(TablePlan table) {
        return table.merge().flatMap(merge -> merge.matching());
    }

    private static FrozenMerges with(FrozenMerges decided, Map<FamilyName, Survivors> matched) {
        var all = new ArrayList<Merged>();
        matched.forEach((family, survivors) -> survivors
                .byMerged()
                .forEach((merged, survivor) -> all.add(new Merged(family, merged, survivor, Origin.MATCH))));
        return decided.followedBy(all);
    }

    private void conflicts(List<Conflict> conflicts, List<MergeCandidate> candidates) {
        var byId = new HashMap<List<Object>, MergeCandidate>();
        candidates.forEach(one -> byId.put(List.of(one.table(), one.id()), one));
        for (var conflict : conflicts) {
            var table = run.known().table(conflict.table());
            var first = byId.get(List.<Object>of(conflict.table(), conflict.first()));
            findings.add(new Finding(
                    Severity.ERROR,
                    conflict.ambiguous() ? "merge.ambiguous" : "merge.conflict",
                    conflict.table(),
                    String.join(", ", matching(table).orElseThrow().by()),
                    "has the same values as " + key(table, conflict.first()) + within(table) + ": " + first.values(),
                    key(table, conflict.second()),
                    1));
        }
    }

    private static String within(TablePlan table) {
        return matching(table)
                .flatMap(Matching::within)
                .map(ReferencePath::text)
                .map(path -> " and the same " + path + " once that is merged")
                .orElse("");
    }

    private String key(TablePlan table, OldId id) {
        var self = KeyRoles.self(table, run.manifest().shapes(table.name()).source())
                .orElseThrow();
        return TypedJson.text(Map.of(self.name(), id.value()));
    }

    /** What the plan says of single records must be possible for both. */
    private void ends(TablePlan table, List<Merged> merges) {
        var asked = merges.stream().filter(one -> one.origin() == Origin.PLAN).toList();
        if (asked.isEmpty()) {
            return;
        }
        var ids = new LinkedHashSet<OldId>();
        asked.forEach(one -> ids.addAll(List.of(one.merged(), one.survivor())));
        var found = source.of(table, ids);
        var records = new Records(table, run.mappingOfUnmerged(table.name()));
        ids.forEach(id -> records.fault(id, found.getOrDefault(id, List.of()))
                .ifPresent(fault -> findings.add(new Finding(
                        Severity.ERROR, fault.id(), table.name(), "merge", fault.message(), key(table, id), 1))));
    }

    /** A record that an earlier run copied would stay in the target, and nothing would refer to it. */
    private void notCopied(TablePlan table, List<Merged> merges) {
        var asked = merges.stream()
                .filter(one -> one.origin() != Origin.MATCH)
                .map(Merged::merged)
                .toList();
        copies(table, asked)
                .forEach((id, now) -> findings.add(new Finding(
                        Severity.ERROR,
                        "merge.copied",
                        table.name(),
                        "merge",
                        "is to be merged, and the target holds a copy of it, with the id " + now.canonical(),
                        key(table, id),
                        1)));
    }

    /** Those of {@code ids} of which the target holds a copy, with its id. */
    private Map<OldId, OldId> copies(TablePlan table, Collection<OldId> ids) {
        boolean isEmpty = run.manifest().tables().containsKey(table.name())
                && run.manifest().table(table.name()).targetWasEmpty();
        if (table.isInPlace() || isEmpty || ids.isEmpty()) {
            return Map.of();
        }
        var rule = run.families().rule(table.family()).unmerged();
        var newIds = new LinkedHashMap<OldId, OldId>();
        ids.forEach(id -> newIds.put(rule.resulting(id), id));
        var copies = new LinkedHashMap<OldId, OldId>();
        target.of(table, newIds.keySet()).keySet().forEach(now -> copies.put(newIds.get(now), now));
        return copies;
    }

    private record Fault(String id, String message) {}

    private final class Records {
        private final TablePlan table;
        private final RecordMapping mapping;
        private final MergeRules rules;

        Records(TablePlan table, RecordMapping mapping) {
            this.table = table;
            this.mapping = mapping;
            this.rules = MergeRules.of(table, run.manifest().startedAt());
        }

        /** Why the record {@code id} can neither be merged nor be a survivor. */
        Optional<Fault> fault(OldId id, List<Map<String, AttributeValue>> own) {
            if (own.isEmpty()) {
                return Optional.of(new Fault(
                        "merge.no-record",
                        "is to be merged, and there is no record of " + table.name() + " with the id "
                                + id.canonical()));
            }
            try {
                for (var record : own) {
                    if (!mapping.includes(record)) {
                        return Optional.of(
                                new Fault("merge.left-out", "is to be merged, and the plan leaves the record out"));
                    }
                    if (!rules.allows(record)) {
                        return Optional.of(
                                new Fault("merge.require", "is to be merged, and merge.require is not true for it"));
                    }
                }
                return Optional.empty();
            } catch (UnmappableException e) {
                return Optional.of(new Fault(e.unmappable().id(), e.unmappable().message()));
            }
        }
    }
}
