package dev.rekey.engine.analyze;

import dev.rekey.core.identity.Identity;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.SameContent;
import dev.rekey.core.mapping.EarlierValues;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.mapping.ReferenceUse;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.OnConflict;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.EarlierWrites;
import dev.rekey.engine.join.MatchPartition.Existing;
import dev.rekey.engine.join.Spilled;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.Division;
import dev.rekey.engine.scan.KeyReader;
import dev.rekey.engine.scan.TableSource;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.undo.KeptDrift;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Finds the records of one table whose place in the target is taken by other content. Asks the target only where there
 * was something in it when the run was prepared, and where the plan does not say what to do about a conflict.
 */
public final class TargetConflicts {
    static final String ID = "target.conflict";
    private static final Segment ALL = new Segment(0, 1);

    private final RunContext run;
    private final TableName name;
    private final TableOfRun table;
    private final Tables target;
    private final Invocation invocation;
    private final KeyReader reader;
    private final EarlierWrites writes;
    private final KeptDrift kept;
    private final Existing existing;
    private final Map<Identity, Boolean> orphans = new HashMap<>();

    /** Mappings are made when they are asked for, which is seldom. */
    private Optional<RecordMapping> plain = Optional.empty();

    private Optional<RecordMapping> treatingOrphans = Optional.empty();

    /** A source record and what it becomes as long as none of its references is an orphan. */
    record Row(Map<String, AttributeValue> record, Map<String, AttributeValue> item) {}

    /** What stands where a record is to be, as far as the analysis looks. */
    sealed interface Standing {
        /** Nothing, or the analysis does not look: the target was empty, or the plan says what becomes of a conflict. */
        record Nothing() implements Standing {}

        /** What the record becomes. */
        record Same() implements Standing {}

        /** What an earlier run of the plan wrote. */
        record Ours(Map<String, AttributeValue> found) implements Standing {}

        record Others() implements Standing {}
    }

    /** @param existing knows the ids whose records are in the source or in the target */
    public TargetConflicts(
            RunContext run,
            TableName name,
            Existing existing,
            Tables target,
            EarlierWrites writes,
            KeptDrift kept,
            Invocation invocation) {
        this.run = run;
        this.name = name;
        this.table = run.manifest().table(name);
        this.writes = writes;
        this.kept = kept;
        this.target = target;
        this.invocation = invocation;
        this.reader = new KeyReader(target, table.target(), invocation);
        this.existing = existing;
    }

    /** What earlier runs wrote to the table, if it is changed in place. */
    EarlierValues earlierValues() {
        return writes::wroteValue;
    }

    /** The same records, asked for new ids of mappings. */
    NewIds newIds() {
        return new NewIds(run, name, existing);
    }

    /**
     * A migration's target that was empty when the run was prepared, and is not any more. Preparation looks before it locks
     * the tables: in between another run may have written. Nothing of what follows from an empty target would be true.
     */
    Optional<Finding> filledMeanwhile() {
        boolean writes = run.manifest().action().equals(Action.MIGRATE.word());
        return writes && table.targetWasEmpty() && !name.isCreated()
                ? firstRecord().map(this::filled)
                : Optional.empty();
    }

    private Optional<Map<String, AttributeValue>> firstRecord() {
        var scan = new TableSource(target, invocation).read(new Division(table.target(), 1, List.of(), 1, true));
        var page = scan.page(ALL, Optional.empty());
        while (page.items().isEmpty() && page.next().isPresent()) {
            page = scan.page(ALL, page.next());
        }
        return page.items().stream().findFirst();
    }

    private Finding filled(Map<String, AttributeValue> there) {
        return new Finding(
                Severity.ERROR,
                "target.filled",
                name,
                table.target().partitionKey().name(),
                "was empty when the run was prepared, but now holds a record",
                Spilled.text(table.target().keyOf(there)),
                1);
    }

    /** What stands where each of {@code rows} is to be, in their order. */
    List<Standing> standing(List<Row> rows) {
        if (table.targetWasEmpty()
                || run.plan().table(name).isInPlace()
                || run.plan().table(name).onConflict() != OnConflict.ABORT
                || rows.isEmpty()) {
            return Collections.nCopies(rows.size(), new Standing.Nothing());
        }
        var keys = rows.stream()
                .map(row -> table.target().keyOf(row.item()))
                .distinct()
                .toList();
        var there = reader.read(keys);
        orphans.clear();
        return rows.stream()
                .map(row -> {
                    var key = table.target().keyOf(row.item());
                    return standing(row, key, Optional.ofNullable(there.get(key)));
                })
                .toList();
    }

    private Standing standing(Row row, Key key, Optional<Map<String, AttributeValue>> there) {
        if (there.isEmpty()) {
            return new Standing.Nothing();
        }
        var found = there.get();
        if (SameContent.same(found, row.item()) || SameContent.same(found, withOrphans(row))) {
            return new Standing.Same();
        }
        return writes.wrote(key, found) ? new Standing.Ours(found) : new Standing.Others();
    }

    /** @param standing of each of {@code rows} */
    List<Finding> of(List<Row> rows, List<Standing> standing) {
        var findings = new ArrayList<Finding>();
        for (int i = 0; i < rows.size(); i++) {
            if (standing.get(i) instanceof Standing.Others) {
                findings.add(conflict(rows.get(i)));
            }
        }
        return findings;
    }

    private Finding conflict(Row row) {
        var key = table.target().keyOf(row.item());
        return new Finding(
                Severity.ERROR,
                ID,
                name,
                table.target().partitionKey().name(),
                "maps to the target key " + Spilled.text(key) + ", which holds other content",
                Spilled.text(table.source().keyOf(row.record())),
                1,
                kept.by(key));
    }

    /**
     * What the record becomes when its orphans are treated as the plan says. The join that finds orphans comes later;
     * only a record that looks like a conflict and may hold an orphan is worth lookups.
     */
    private Map<String, AttributeValue> withOrphans(Row row) {
        boolean lenient = plain().references(row.record()).stream()
                .anyMatch(use -> use instanceof ReferenceUse.Used used && used.onOrphan() != OnOrphan.FAIL);
        if (!lenient) {
            return row.item();
        }
        if (treatingOrphans.isEmpty()) {
            var treating = run.with(this::isOrphan);
            treatingOrphans = Optional.of(treating.mapping(name));
        }
        return switch (treatingOrphans.get().map(row.record())) {
            case MappingOutcome.Mapped mapped -> mapped.item();
            case MappingOutcome.FilteredOut _, MappingOutcome.MergedAway _, MappingOutcome.Unmappable _ -> row.item();
        };
    }

    private RecordMapping plain() {
        if (plain.isEmpty()) {
            plain = Optional.of(run.mapping(name));
        }
        return plain.get();
    }

    private boolean isOrphan(FamilyName family, OldId id) {
        return orphans.computeIfAbsent(new Identity(family, id), _ -> !existing.contains(family, id));
    }
}
