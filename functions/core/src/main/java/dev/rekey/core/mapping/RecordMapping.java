package dev.rekey.core.mapping;

import dev.rekey.core.identity.Families;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.Digest;
import dev.rekey.core.item.ItemLimits;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.LimitViolation;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.mapping.MappingOutcome.FilteredOut;
import dev.rekey.core.mapping.MappingOutcome.Mapped;
import dev.rekey.core.mapping.MappingOutcome.MergedAway;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.Where;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Maps the records of one table in one run. Built once, then used by any number of threads at once: the same record
 * always gives the same outcome.
 */
public final class RecordMapping {
    private final Paths paths;
    private final Absences absences;
    private final Rewriting rewriting;
    private final Filter filter;
    private final Reshaping reshaping;
    private final Throughs throughs;
    private final TableShape target;
    private final OwnIds own;

    /**
     * Where the plan declares references.
     *
     * @param rewritten those whose ids are replaced
     * @param read those that are only read
     * @param beside those whose new ids are written into other attributes
     */
    private record Paths(PathTree rewritten, PathTree read, List<Beside> beside) {}

    private RecordMapping(
            Paths paths,
            Absences absences,
            Rewriting rewriting,
            Filter filter,
            Reshaping reshaping,
            Throughs throughs,
            TableShape target,
            OwnIds own) {
        this.paths = paths;
        this.absences = absences;
        this.rewriting = rewriting;
        this.filter = filter;
        this.reshaping = reshaping;
        this.throughs = throughs;
        this.target = target;
        this.own = own;
    }

    /**
     * Compiles what the plan says of a table.
     *
     * @param families must hold every family that the table refers to
     * @param taken what the records that it refers to will hold
     * @throws IllegalArgumentException if the plan does not fit the tables: {@code validate} finds that before
     */
    public static RecordMapping of(
            TablePlan table,
            TableShape source,
            TableShape target,
            Families families,
            Orphans orphans,
            Taken taken,
            Instant runStartedAt) {
        var absences = Absences.of(table, source, families);
        var throughs = new Throughs(table, families, absences, taken);
        return new RecordMapping(
                new Paths(
                        PathTrees.of(table, source, families),
                        PathTrees.read(table, families),
                        PathTrees.beside(table, families)),
                absences,
                new Rewriting(orphans, false),
                Filter.of(table, source, runStartedAt),
                new Reshaping(table, runStartedAt, throughs),
                throughs,
                target,
                OwnIds.of(table, source, families));
    }

    /** The same for a part of the table's records; the others are left out as those are that {@code where} leaves out. */
    public RecordMapping within(Where scope) {
        return scope instanceof Where.Everything
                ? this
                : new RecordMapping(
                        paths,
                        absences,
                        rewriting,
                        filter.and(Filter.of(scope, Instant.EPOCH)),
                        reshaping,
                        throughs,
                        target,
                        own);
    }

    /**
     * What {@code record}, an item of the source table, becomes. First the ids in it are rewritten, then attributes are
     * renamed, dropped and set. Never throws on account of the record.
     */
    public MappingOutcome map(Map<String, AttributeValue> record) {
        try {
            if (!filter.takes(record)) {
                return new FilteredOut();
            }
            return own.isMergedAway(record) ? new MergedAway() : new Mapped(mapped(record));
        } catch (UnmappableException e) {
            return e.unmappable();
        }
    }

    private Map<String, AttributeValue> mapped(Map<String, AttributeValue> record) {
        var rewritten = new Walk(rewriting).fields(paths.rewritten, absences.filled(record));
        var item = withBeside(reshaping.apply(rewritten, record), record);
        var violation = ItemLimits.check(item, target);
        if (violation.isPresent()) {
            throw unmappable(violation.get());
        }
        return item;
    }

    private Map<String, AttributeValue> withBeside(
            Map<String, AttributeValue> reshaped, Map<String, AttributeValue> record) {
        if (paths.beside.isEmpty()) {
            return reshaped;
        }
        var item = new HashMap<>(reshaped);
        paths.beside.forEach(one -> one.write(record, rewriting, item, Existing.UNKNOWN));
        return item;
    }

    static UnmappableException unmappable(LimitViolation violation) {
        var id = switch (violation.kind()) {
            case KEY_TYPE -> "mapping.key-type";
            case KEY_TOO_LONG -> "mapping.key-too-long";
            case INDEX_KEY -> "mapping.index-key";
            case ITEM_TOO_LARGE -> "mapping.item-too-large";
            case NESTING -> "mapping.nesting";
        };
        return new UnmappableException(id, violation.attribute(), violation.message());
    }

    /**
     * Whether {@code record} moves: it had not expired when the run started, the plan's {@code where} takes it in, and it
     * is not merged into another.
     *
     * @throws UnmappableException if {@code where} cannot be answered for this record
     */
    public boolean includes(Map<String, AttributeValue> record) {
        return filter.takes(record) && !own.isMergedAway(record);
    }

    /** Whether {@code record}, by its own identity, becomes another record of its table. */
    public boolean isMergedAway(Map<String, AttributeValue> record) {
        return own.isMergedAway(record);
    }

    /**
     * Every reference in {@code record}, those of its key first, also to records that are created because it holds no id. In
     * place, an earlier run may have given its attributes their new names already. Does not ask {@code where}. Never throws.
     */
    public List<ReferenceUse> references(Map<String, AttributeValue> record) {
        return in(reshaping.asInSource(record));
    }

    /** Paths of the references of {@code record} that hold no id and get that of a created record. Never throws. */
    public List<String> absent(Map<String, AttributeValue> record) {
        return List.copyOf(absences.paths(reshaping.asInSource(record)));
    }

    /** The same for a record that the rules of the table have been applied to: its attributes may have their new names. */
    public List<ReferenceUse> referencesAfter(Map<String, AttributeValue> record) {
        return in(reshaping.namedAsBefore(record));
    }

    private List<ReferenceUse> in(Map<String, AttributeValue> record) {
        var collecting = new Collecting();
        var filled = absences.filledIfPossible(record);
        new Walk(collecting).fields(paths.rewritten, filled);
        new Walk(collecting).fields(paths.read, filled);
        var absent = absences.paths(record);
        return absent.isEmpty() ? collecting.uses() : created(collecting.uses(), absent);
    }

    /** What becomes of a reference that holds no id: its record is created, whatever the plan says of ids without a record. */
    private static List<ReferenceUse> created(List<ReferenceUse> uses, Set<String> absent) {
        return uses.stream()
                .map(use -> use instanceof ReferenceUse.Used used && absent.contains(used.path())
                        ? new ReferenceUse.Used(used.path(), used.family(), used.id(), OnOrphan.CREATE)
                        : use)
                .toList();
    }

    /** The references in {@code record} through which values are taken. Does not ask {@code where}. Never throws. */
    public List<ReferenceUse.Used> referred(Map<String, AttributeValue> record) {
        return throughs.uses(record);
    }

    /** Digest of all that decides what {@code record} becomes: its content, and what is taken from other records. */
    public Digest digest(Map<String, AttributeValue> record) {
        return throughs.digest(record);
    }

    /** The record's own identity; empty if no key attribute of the table is {@code self}. */
    public Optional<OldId> ownId(Map<String, AttributeValue> record) {
        return own.of(record);
    }

    /**
     * The key in the target. Does not ask {@code where}.
     *
     * @throws UnmappableException if the record cannot be mapped
     */
    public Key newKey(Map<String, AttributeValue> record) {
        return target.keyOf(mapped(record));
    }
}
