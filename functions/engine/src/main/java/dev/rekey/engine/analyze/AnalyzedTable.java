package dev.rekey.engine.analyze;

import dev.rekey.core.identity.Derivation;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.mapping.InPlaceOutcome;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.join.CompositeValues;
import dev.rekey.engine.join.SeenValues;
import dev.rekey.engine.migrate.InPlaceRecords;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.scan.SourcePages.FileReads;
import dev.rekey.engine.segment.Cost;
import dev.rekey.engine.segment.Gathered;
import dev.rekey.engine.segment.RecordCount;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What an analysis needs to know of one table to read its records. */
final class AnalyzedTable {
    private final RunContext run;
    private final TablePlan plan;
    private final RecordMapping mapping;
    private final Function<Map<String, AttributeValue>, MappingOutcome> copying;
    private final Optional<InPlaceRecords> inPlace;
    /** What {@code merged.set} makes of records that are merged away. */
    private final Optional<InPlaceRecords> marked;

    private final RecordChecks checks;
    private final TargetConflicts conflicts;
    private final NewIds newIds;
    private final Set<String> undecidedKeys;
    private final Set<KeyType> changingTypes;
    private final Optional<ChangedAttributes> changed;

    AnalyzedTable(RunContext run, TableName name, TargetConflicts conflicts) {
        this.run = run;
        this.plan = run.plan().table(name);
        this.mapping = run.mapping(name);
        this.copying = run.copying(name);
        this.inPlace = Optional.of(plan)
                .filter(TablePlan::isInPlace)
                .map(_ -> new InPlaceRecords(
                        run.inPlaceMapping(name, conflicts.earlierValues()),
                        run.manifest().table(name).source()));
        this.marked = Optional.of(name.mergedAway())
                .filter(run.manifest().tables()::containsKey)
                .map(one -> new InPlaceRecords(
                        run.inPlaceMapping(one, conflicts.earlierValues()),
                        run.manifest().table(one).source()));
        this.checks = RecordChecks.of(run, name);
        this.conflicts = conflicts;
        this.newIds = conflicts.newIds();
        this.undecidedKeys = UndecidedKeys.of(run, name);
        this.changingTypes = UndecidedKeys.changingTypes(run);
        this.changed = run.manifest()
                .options()
                .changes()
                .map(detail -> new ChangedAttributes(plan, run.manifest().table(name), detail));
    }

    TablePlan plan() {
        return plan;
    }

    RecordMapping mapping() {
        return mapping;
    }

    boolean isInPlace() {
        return inPlace.isPresent();
    }

    RecordChecks checks() {
        return checks;
    }

    TargetConflicts conflicts() {
        return conflicts;
    }

    /** What compares records for the list of changes; empty if there is none. */
    Optional<ChangedAttributes> changed() {
        return changed;
    }

    /** A record that is merged away, when it is marked; empty if the run does not mark it. */
    Optional<Map<String, AttributeValue>> marked(Map<String, AttributeValue> record) {
        return marked.map(records ->
                records.map(record) instanceof InPlaceOutcome.Update update ? update.appliedTo(record) : record);
    }

    /** Why a record that is merged away cannot be marked; empty if it can. */
    Optional<MappingOutcome.Unmappable> notMarkable(Map<String, AttributeValue> record) {
        return marked.map(records -> records.map(record))
                .filter(MappingOutcome.Unmappable.class::isInstance)
                .map(MappingOutcome.Unmappable.class::cast);
    }

    /** The identity of the record into which {@code record} is merged, as a part of a key. */
    Optional<String> survivor(Map<String, AttributeValue> record) {
        var self = KeyRoles.self(plan, run.manifest().table(plan.name()).source());
        return mapping.ownId(record)
                .map(id -> run.families().rule(plan.family()).survivor(id))
                .flatMap(id -> self.map(key -> TypedJson.text(Map.of(key.name(), id.value()))));
    }

    NewIds newIds() {
        return newIds;
    }

    /** In place, what the record is to be stands in the place of what it becomes. */
    MappingOutcome map(Map<String, AttributeValue> record) {
        if (inPlace.isEmpty()) {
            return copying.apply(record);
        }
        return switch (inPlace.get().map(record)) {
            case InPlaceOutcome.Update update -> new MappingOutcome.Mapped(update.appliedTo(record));
            case InPlaceOutcome.Nothing _ -> new MappingOutcome.Mapped(record);
            case MappingOutcome.FilteredOut filtered -> filtered;
            case MappingOutcome.MergedAway merged -> merged;
            case MappingOutcome.Unmappable why -> why;
        };
    }

    /** What is collected of the table's records of one page. */
    final class OfPage {
        final Optional<SeenValues> values = UndeclaredValues.of(run, plan.name());
        final CompositeValues composites = new CompositeValues(plan.name(), undecidedKeys, changingTypes);
        final RecordCount records = new RecordCount();
        final List<TargetConflicts.Row> rows = new ArrayList<>();
        private final Map<Counted, Long> counts = new EnumMap<>(Map.of(Counted.UNMAPPABLE, 0L));
        private long bytes;

        TableName table() {
            return plan.name();
        }

        void count(Counted what, long more) {
            counts.merge(what, more, Long::sum);
        }

        /** An id that may stand where the plan declares no reference. */
        void known(FamilyName family, OldId id) {
            // What stays as it is may stand anywhere.
            if (!ids(family).keeps() || run.families().isMergedAway(family, id)) {
                values.ifPresent(seen -> seen.known(family, id));
            }
        }

        private Derivation ids(FamilyName family) {
            return run.families().rule(family).unmerged();
        }

        /** One more record of the source. */
        void read(Map<String, AttributeValue> record, long size) {
            count(Counted.READ, 1);
            bytes += size;
            records.attributes(record);
            if (plan.merge().isPresent()) {
                records.lookedUp(size);
            }
        }

        /** A record that is merged away. */
        void merged(Map<String, AttributeValue> record) {
            count(Counted.MERGED, 1);
            marked(record)
                    .ifPresent(after -> records.merged(
                            record, after, run.manifest().table(plan.name()).source()));
        }

        /** Counts what the records of the page take of others. */
        void referred(Map<Cost, Long> units) {
            records.referred(units);
        }

        /**
         * @param first whether this table stands for the page, which others may share
         * @param files what reading files took
         */
        Gathered gathered(boolean first, FileReads files) {
            count(Counted.READ, 0);
            count(Counted.BYTES, bytes);
            if (run.manifest().table(plan.name()).source().table().isFiles()) {
                records.ofFiles(files.pages(), files.requests());
            } else if (first) {
                records.page(bytes);
            } else {
                records.partOfPage(bytes);
            }
            return new Gathered(counts, records.statistics());
        }
    }

    OfPage page() {
        return new OfPage();
    }
}
