package dev.rekey.engine.analyze;

import dev.rekey.core.identity.Identity;
import dev.rekey.core.identity.MergeMatching;
import dev.rekey.core.identity.MergeMatching.Conflict;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.FrozenMerges.Merged;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.GzippedLines;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds records that match others although the merges of the run are done: they came since, or changed, and another run has
 * to merge them.
 *
 * @param task the verification that read them
 */
public record Unmerged(Documents documents, RunContext run, RunId task) {
    /**
     * One of two records that match: the one that would be merged away.
     *
     * @param record its identity, as DynamoDB JSON
     */
    public record OfTable(TableName table, String record) {}

    public List<OfTable> find() {
        var merges = FrozenMerges.at(
                documents, run.folder(), run.known(), run.manifest().levels().size());
        var matching = new MergeMatching(merges.survivors());
        run.known().tables().stream()
                .filter(table ->
                        table.merge().flatMap(merge -> merge.matching()).isPresent())
                .forEach(table -> matching.table(table.name(), false));
        var alike = new FormerParents(documents, run)
                .of(new MergeCandidates(documents, run.folder().mergeCandidates(task)).alike());
        var apart = apart();
        alike.stream()
                .map(MergeCandidate::candidate)
                .filter(one -> !apart.contains(one.own()))
                .forEach(matching::add);
        var conflicts = matching.find().conflicts();
        remember(conflicts, alike);
        return conflicts.stream().map(this::second).toList();
    }

    /** Those that the run was to leave apart: another run would leave them, too. */
    private Set<Identity> apart() {
        return documents.findLines(run.folder().apart(), Merged.class).orElse(List.of()).stream()
                .map(one -> new Identity(one.family(), one.merged()))
                .collect(Collectors.toSet());
    }

    /**
     * In place, the references of these records point to the survivor by now, and nothing in the table tells that they were
     * apart: the next run is told.
     */
    private void remember(List<Conflict> conflicts, List<MergeCandidate> alike) {
        var ids = conflicts.stream()
                .flatMap(one -> Stream.of(
                        List.<Object>of(one.table(), one.first()), List.<Object>of(one.table(), one.second())))
                .collect(Collectors.toSet());
        documents.putBytes(
                run.folder().unmerged(),
                GzippedLines.of(alike.stream()
                        .filter(one -> ids.contains(FormerParents.id(one)))
                        .toList()));
    }

    private OfTable second(Conflict conflict) {
        var table = run.known().table(conflict.table());
        var self = KeyRoles.self(table, run.manifest().shapes(table.name()).source())
                .orElseThrow();
        return new OfTable(
                table.name(),
                TypedJson.text(Map.of(self.name(), conflict.second().value())));
    }
}
