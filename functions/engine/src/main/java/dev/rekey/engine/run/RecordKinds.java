package dev.rekey.engine.run;

import dev.rekey.core.item.Wording;
import dev.rekey.core.mapping.Kinds;
import dev.rekey.core.mapping.Kinds.Kind;
import dev.rekey.core.mapping.MappingOutcome.Unmappable;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.plan.KindOfRecords;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.Unmatched;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Finds the table of the run to which a record of a physical table belongs. What belongs to no table of the plan, or to
 * several, belongs to the table that stands for the physical table.
 *
 * @param <T> what is kept for each table
 */
public final class RecordKinds<T> {
    private static final String UNMATCHED = "kind.unmatched";
    private static final String AMBIGUOUS = "kind.ambiguous";

    private final TableName unit;
    private final Kinds kinds;
    private final boolean unmatchedFail;
    /** Whether the run works on records that belong to no table of the plan, or to several. */
    private final boolean restIncluded;

    private final Map<TableName, T> byTable;
    /** Of the tables of which records are merged. */
    private final Supplier<Map<TableName, RecordMapping>> merging;

    private RecordKinds(
            TableName unit,
            Kinds kinds,
            boolean unmatchedFail,
            boolean restIncluded,
            Map<TableName, T> byTable,
            Supplier<Map<TableName, RecordMapping>> merging) {
        this.unit = unit;
        this.kinds = kinds;
        this.unmatchedFail = unmatchedFail;
        this.restIncluded = restIncluded;
        this.byTable = byTable;
        this.merging = merging;
    }

    /** @param kept what is kept for a table, made once for each table of {@code unit} */
    public static <T> RecordKinds<T> of(RunContext run, TableName unit, Function<TableName, T> kept) {
        var byTable = new HashMap<TableName, T>();
        run.manifest().sharing(unit).forEach(table -> byTable.put(table, kept.apply(table)));
        boolean fail = run.plan()
                .table(unit)
                .kind()
                .map(KindOfRecords::unmatched)
                .filter(Unmatched.FAIL::equals)
                .isPresent();
        return new RecordKinds<>(
                unit,
                run.kinds(unit),
                fail,
                run.includes(unit),
                Map.copyOf(byTable),
                new Once<>(() -> merging(run, unit)));
    }

    private static Map<TableName, RecordMapping> merging(RunContext run, TableName unit) {
        return run.known().tables().stream()
                .filter(table -> table.unit().equals(unit) && table.mergedAway().isPresent())
                .map(TablePlan::name)
                .collect(Collectors.toMap(table -> table, run::mappingOfAll));
    }

    /**
     * A record's table.
     *
     * @param with what is kept for it
     * @param fault why the plan cannot say what becomes of the record; empty if it can
     */
    public record Assigned<T>(TableName table, T with, Optional<Unmappable> fault) {}

    /** The table of {@code record}; empty if the run does not work on it. */
    public Optional<Assigned<T>> of(Map<String, AttributeValue> record) {
        return switch (kinds.of(record)) {
            case Kind.Of(var table) -> assigned(table, Optional.empty());
            case Kind.Unmatched _ -> {
                var merged = mergedAway(record);
                yield merged.isPresent()
                        ? assigned(merged.get(), Optional.empty())
                        : ofRest(
                                Optional.of(new Unmappable(UNMATCHED, "", "the record belongs to no table of the plan"))
                                        .filter(_ -> unmatchedFail));
            }
            case Kind.Ambiguous(var tables) -> {
                var fault = Optional.of(
                        new Unmappable(AMBIGUOUS, "", "the record belongs to several tables: " + Wording.list(tables)));
                // A run of one of these tables must not pass the record over.
                yield restIncluded
                        ? assigned(unit, fault)
                        : tables.stream()
                                .flatMap(table -> assigned(table, fault).stream())
                                .findFirst();
            }
        };
    }

    /** What the plan writes to a record that is merged away may be what its table is told apart by. */
    private Optional<TableName> mergedAway(Map<String, AttributeValue> record) {
        return merging.get().entrySet().stream()
                .filter(one -> one.getValue().isMergedAway(record))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private Optional<Assigned<T>> ofRest(Optional<Unmappable> fault) {
        return restIncluded ? assigned(unit, fault) : Optional.empty();
    }

    private Optional<Assigned<T>> assigned(TableName table, Optional<Unmappable> fault) {
        return Optional.ofNullable(byTable.get(table)).map(kept -> new Assigned<>(table, kept, fault));
    }

    /** What is kept for {@code table}, which is one of the run's. */
    public T get(TableName table) {
        var kept = byTable.get(table);
        if (kept == null) {
            throw new IllegalArgumentException("the run does not work on table " + table + " of " + unit);
        }
        return kept;
    }

    /** What is kept, by table. */
    public Map<TableName, T> all() {
        return byTable;
    }

    /** Whether several tables may have records here. */
    public boolean areSeveral() {
        return byTable.size() > 1;
    }
}
