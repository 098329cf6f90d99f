package dev.rekey.engine.verify;

import dev.rekey.core.identity.Families;
import dev.rekey.core.item.Key;
import dev.rekey.core.mapping.Orphans;
import dev.rekey.core.mapping.ReferenceUse;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.OrphansNow;
import dev.rekey.engine.join.SeenValues;
import dev.rekey.engine.join.Spill;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.store.Documents;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Spills what one side of a verification has read, for the matching of its level. */
final class Spills {
    /** What the target would hold if nothing had vanished from it. */
    static final String VANISHED = "vanished-" + Spill.TARGET;

    private final RunContext run;
    private final VerifyWork work;
    private final Documents documents;
    private final Families families;

    Spills(RunContext run, VerifyWork work, Documents documents) {
        this.run = run;
        this.work = work;
        this.documents = documents;
        this.families = run.families();
    }

    Spill empty() {
        return new Spill(families);
    }

    /** For the records of {@code table} on one page; empty if old ids are not looked for. */
    Optional<SeenValues> values(TableName table) {
        return switch (work.search()) {
            case NOTHING -> Optional.empty();
            case STALE_IDS -> {
                var types = families.rules().stream()
                        .filter(one -> !one.keeps())
                        .map(one -> one.family().type())
                        .collect(Collectors.toSet());
                yield Optional.of(new SeenValues(table, types, oldOnes(table)::contains));
            }
        };
    }

    /** Where old ids are to stay, with the new ones beside them. */
    private Set<List<Step>> oldOnes(TableName table) {
        return run.plan().table(table).references().stream()
                .filter(reference -> reference.as().isPresent())
                .map(reference -> reference.path().steps())
                .collect(Collectors.toSet());
    }

    /** Whether records of the table have new ids. */
    boolean changesIds(TableName table) {
        var family = run.plan().table(table).family();
        return families.find(family).filter(rule -> !rule.keeps()).isPresent();
    }

    /** Adds the records that a reference in the target needs. */
    void used(Spill spill, ReferenceUse.Used use, TableName table, Key record) {
        run.needed(use).forEach(one -> needed(spill, one, table, record));
    }

    /**
     * Adds the references that were removed as orphans.
     *
     * @param before the record before the run
     * @param now the references that it has now
     * @param orphans that the run began with
     */
    static void removed(
            Spill spill,
            VerifiedTable table,
            Map<String, AttributeValue> before,
            List<ReferenceUse> now,
            Key record,
            Orphans orphans) {
        for (var use : table.mapping().references(before)) {
            if (use instanceof ReferenceUse.Used used && OrphansNow.isRemoved(orphans, used) && !now.contains(used)) {
                spill.removed(used, table.name(), record);
            }
        }
    }

    /** A frozen orphan is told apart, since it was not rewritten. */
    private void needed(Spill spill, ReferenceUse.Used use, TableName table, Key record) {
        if (run.orphans().contains(use.family(), use.id())) {
            spill.orphaned(use, table, record);
        } else {
            spill.used(use, table, record);
        }
    }

    /**
     * References to a record that vanished, and is named for that, are not called dangling.
     *
     * @param table of an entry
     */
    Spill vanished(Function<LogEntry, VerifiedTable> table, List<LogEntry> entries) {
        var spill = empty();
        for (var entry : entries) {
            var key = entry.key();
            var one = table.apply(entry);
            one.mapping()
                    .ownId(key.attributes())
                    .ifPresent(id -> spill.definedInTarget(one.plan().family(), id, key));
        }
        return spill;
    }

    void write(String side, int page, Spill spill, boolean redone) {
        var origin = new Spill.Origin(work.table(), side, work.segment(), page);
        var prefix = run.folder().joinPrefix(VerifyWork.join(work.task(), work.level()));
        spill.write(documents, prefix, run.manifest().partitions(), origin, redone);
    }
}
