package dev.rekey.engine.analyze;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.mapping.InPlaceOutcome;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.join.CompositeValues;
import dev.rekey.engine.join.SeenValues;
import dev.rekey.engine.migrate.InPlaceRecords;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.segment.Gathered;
import dev.rekey.engine.segment.RecordCount;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What an analysis needs to know of one table to read its records. */
final class AnalyzedTable {
    private final RunContext run;
    private final TablePlan plan;
    private final RecordMapping mapping;
    private final Optional<InPlaceRecords> inPlace;
    private final RecordChecks checks;
    private final TargetConflicts conflicts;
    private final NewIds newIds;
    private final Set<String> undecidedKeys;
    private final Set<KeyType> changingTypes;

    AnalyzedTable(RunContext run, TableName name, TargetConflicts conflicts) {
        this.run = run;
        this.plan = run.plan().table(name);
        this.mapping = run.mapping(name);
        this.inPlace = Optional.of(plan)
                .filter(TablePlan::isInPlace)
                .map(_ -> new InPlaceRecords(
                        run.inPlaceMapping(name, conflicts.earlierValues()),
                        run.manifest().table(name).source()));
        this.checks = RecordChecks.of(run, name);
        this.conflicts = conflicts;
        this.newIds = conflicts.newIds();
        this.undecidedKeys = UndecidedKeys.of(run, name);
        this.changingTypes = UndecidedKeys.changingTypes(run);
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

    NewIds newIds() {
        return newIds;
    }

    /** In place, what the record is to be stands in the place of what it becomes. */
    MappingOutcome map(Map<String, AttributeValue> record) {
        if (inPlace.isEmpty()) {
            return mapping.map(record);
        }
        return switch (inPlace.get().map(record)) {
            case InPlaceOutcome.Update update -> new MappingOutcome.Mapped(update.appliedTo(record));
            case InPlaceOutcome.Nothing _ -> new MappingOutcome.Mapped(record);
            case MappingOutcome.FilteredOut filtered -> filtered;
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

        void count(Counted what, long more) {
            counts.merge(what, more, Long::sum);
        }

        /** One more record of the source. */
        void read(Map<String, AttributeValue> record, long size) {
            count(Counted.READ, 1);
            bytes += size;
            records.attributes(record);
        }

        /** @param first whether this table stands for the page, which others may share */
        Gathered gathered(boolean first) {
            count(Counted.READ, 0);
            count(Counted.BYTES, bytes);
            if (first) {
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
