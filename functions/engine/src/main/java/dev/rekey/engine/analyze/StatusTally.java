package dev.rekey.engine.analyze;

import dev.rekey.core.item.CanonicalNumber;
import dev.rekey.core.mapping.InPlaceOutcome;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.engine.migrate.InPlaceRecords;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Counts the records of one segment. */
final class StatusTally {
    private final InPlaceRecords records;
    private final Optional<String> by;
    private final SortedMap<String, StatusCounts> byValue = new TreeMap<>();
    private StatusCounts all = StatusCounts.NONE;
    private StatusCounts withoutValue = StatusCounts.NONE;

    /** @param by top-level attribute whose values are counted apart */
    StatusTally(InPlaceRecords records, Optional<String> by) {
        this.records = records;
        this.by = by;
    }

    void add(Map<String, AttributeValue> record) {
        switch (records.map(record)) {
            case InPlaceOutcome.Nothing _ ->
                add(record, records.keepsIds(record) ? StatusCounts.ONE_KEPT : StatusCounts.ONE_DONE);
            case InPlaceOutcome.Update _ -> add(record, StatusCounts.ONE_TO_DO);
            case MappingOutcome.Unmappable _ -> add(record, StatusCounts.ONE_UNMAPPABLE);
            case MappingOutcome.FilteredOut _, MappingOutcome.MergedAway _ -> {}
        }
    }

    TableStatus counted() {
        return new TableStatus(all, byValue, withoutValue);
    }

    private void add(Map<String, AttributeValue> record, StatusCounts one) {
        all = all.plus(one);
        by.ifPresent(attribute -> text(record.get(attribute))
                .ifPresentOrElse(
                        value -> byValue.merge(value, one, StatusCounts::plus),
                        () -> withoutValue = withoutValue.plus(one)));
        if (byValue.size() > PlanStatus.MOST_VALUES) {
            throw new PlanStatus.TooManyValues();
        }
    }

    private static Optional<String> text(AttributeValue value) {
        return value == null
                ? Optional.empty()
                : switch (value.type()) {
                    case S -> Optional.of(value.s());
                    case N -> CanonicalNumber.of(value.n());
                    case BOOL -> Optional.of(value.bool().toString());
                    case B, SS, NS, BS, L, M, NUL, UNKNOWN_TO_SDK_VERSION -> Optional.empty();
                };
    }
}
