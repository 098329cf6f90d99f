package dev.rekey.engine.analyze;

import dev.rekey.core.identity.Identity;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.mapping.Kinds;
import dev.rekey.core.mapping.MergeRules;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.mapping.ReferenceUse;
import dev.rekey.core.mapping.UnmappableException;
import dev.rekey.core.plan.Merge.Matching;
import dev.rekey.core.plan.ReferencePath;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.join.Spilled;
import dev.rekey.engine.run.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Finds the records of a physical table that may be merged because they match others, whatever part of the plan the run works on. */
public final class MergeCandidateReader {
    private final TableShape shape;
    private final List<Matched> tables;

    /** A table of which records are compared. */
    private record Matched(TablePlan plan, MergeRules rules, RecordMapping mapping) {
        Optional<ReferencePath> within() {
            return plan.merge().orElseThrow().matching().flatMap(Matching::within);
        }
    }

    /** @param unit whose records are read */
    public MergeCandidateReader(RunContext run, TableName unit) {
        this.shape = run.manifest().shapes(unit).source();
        this.tables = run.known().tables().stream()
                .filter(table -> table.unit().equals(unit))
                .filter(table ->
                        table.merge().flatMap(merge -> merge.matching()).isPresent())
                .map(table -> new Matched(
                        table, MergeRules.of(table, run.manifest().startedAt()), run.mappingOfUnmerged(table.name())))
                .toList();
    }

    /** Whether no records of the table are compared. */
    public boolean isIdle() {
        return tables.isEmpty();
    }

    /** What was found on one page. */
    public final class OfPage {
        private final List<MergeCandidate> candidates = new ArrayList<>();
        private final List<Finding> findings = new ArrayList<>();

        public void add(Map<String, AttributeValue> record) {
            for (var table : tables) {
                try {
                    candidate(table, record).ifPresent(candidates::add);
                } catch (UnmappableException e) {
                    findings.add(finding(table.plan(), record, e));
                }
            }
        }

        public List<MergeCandidate> candidates() {
            return candidates;
        }

        List<Finding> findings() {
            return findings;
        }
    }

    public OfPage page() {
        return new OfPage();
    }

    private Optional<MergeCandidate> candidate(Matched table, Map<String, AttributeValue> record) {
        if (!Kinds.belongs(record, table.plan()) || !table.mapping().includes(record)) {
            return Optional.empty();
        }
        var own = table.mapping().ownId(record);
        var values = table.rules().values(record);
        if (own.isEmpty() || values.isEmpty() || !table.rules().allows(record)) {
            return Optional.empty();
        }
        var parent = table.within().flatMap(path -> parent(table.mapping(), path, record));
        if (table.within().isPresent() && parent.isEmpty()) {
            // It belongs to nothing in which another could match it.
            return Optional.empty();
        }
        return Optional.of(MergeCandidate.of(
                table.plan().name(),
                new Identity(table.plan().family(), own.get()),
                values.get(),
                parent,
                table.rules().age(record)));
    }

    /** What {@code record} belongs to, by its reference at {@code path}. */
    static Optional<Identity> parent(RecordMapping mapping, ReferencePath path, Map<String, AttributeValue> record) {
        return mapping.references(record).stream()
                .filter(use -> use.path().equals(path.text()))
                .filter(ReferenceUse.Used.class::isInstance)
                .map(ReferenceUse.Used.class::cast)
                .map(use -> new Identity(use.family(), use.id()))
                .findFirst();
    }

    private Finding finding(TablePlan table, Map<String, AttributeValue> record, UnmappableException why) {
        var fault = why.unmappable();
        return new Finding(
                Severity.ERROR,
                fault.id(),
                table.name(),
                fault.path(),
                fault.message(),
                Spilled.text(shape.keyOf(record)),
                1);
    }
}
