package dev.rekey.engine.verify;

import dev.rekey.core.identity.Families;
import dev.rekey.core.item.Key;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.mapping.ReferenceUse;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.engine.join.SeenValues;
import dev.rekey.engine.join.Spill;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.undo.LogEntry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** For one page; empty if old ids are not looked for. */
    Optional<SeenValues> values() {
        return switch (work.search()) {
            case NOTHING -> Optional.empty();
            case STALE_IDS -> {
                var types = families.rules().stream()
                        .filter(one -> !one.keeps())
                        .map(one -> one.family().type())
                        .collect(Collectors.toSet());
                yield Optional.of(new SeenValues(work.table(), types, oldOnes()::contains));
            }
        };
    }

    /** Where old ids are to stay, with the new ones beside them. */
    private Set<List<Step>> oldOnes() {
        return run.plan().table(work.table()).references().stream()
                .filter(reference -> reference.as().isPresent())
                .map(reference -> reference.path().steps())
                .collect(Collectors.toSet());
    }

    /** Whether records of the table have new ids. */
    boolean changesIds() {
        var family = run.plan().table(work.table()).family();
        return families.find(family).filter(rule -> !rule.keeps()).isPresent();
    }

    /** Adds the records that a reference in the target needs. */
    void used(Spill spill, ReferenceUse.Used use, Key record) {
        run.needed(use).forEach(one -> needed(spill, one, record));
    }

    /** A frozen orphan is told apart, since it was not rewritten. */
    private void needed(Spill spill, ReferenceUse.Used use, Key record) {
        if (run.orphans().contains(use.family(), use.id())) {
            spill.orphaned(use, work.table(), record);
        } else {
            spill.used(use, work.table(), record);
        }
    }

    /** References to a record that vanished, and is named for that, are not called dangling. */
    Spill vanished(FamilyName family, RecordMapping mapping, List<LogEntry> entries) {
        var spill = empty();
        for (var entry : entries) {
            var key = entry.key();
            mapping.ownId(key.attributes()).ifPresent(id -> spill.definedInTarget(family, id, key));
        }
        return spill;
    }

    void write(String side, int page, Spill spill, boolean redone) {
        var origin = new Spill.Origin(work.table(), side, work.segment(), page);
        var prefix = run.folder().joinPrefix(VerifyWork.join(work.task(), work.level()));
        spill.write(documents, prefix, run.manifest().partitions(), origin, redone);
    }
}
