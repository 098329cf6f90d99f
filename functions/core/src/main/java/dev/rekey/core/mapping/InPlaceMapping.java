package dev.rekey.core.mapping;

import dev.rekey.core.identity.Families;
import dev.rekey.core.item.Digest;
import dev.rekey.core.item.ItemLimits;
import dev.rekey.core.item.SameContent;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.mapping.InPlaceOutcome.Nothing;
import dev.rekey.core.mapping.InPlaceOutcome.Touch;
import dev.rekey.core.mapping.InPlaceOutcome.Update;
import dev.rekey.core.mapping.MappingOutcome.FilteredOut;
import dev.rekey.core.mapping.MappingOutcome.MergedAway;
import dev.rekey.core.plan.Mode;
import dev.rekey.core.plan.OnExisting;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.Where;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Maps the records of a table that is changed in place. Built once, then used by any number of threads at once. A record
 * that was changed has nothing left to change: whoever does it again does nothing.
 */
public final class InPlaceMapping {
    private static final String NOT_CREATED = "mapping.not-created";
    /** How many attributes a condition can compare: an expression holds 300 operators. */
    static final int MOST_COMPARED = 150;

    private final TablePlan table;
    private final TableShape shape;
    private final OnExisting onExisting;
    private final Filter filter;
    private final Absences absences;
    private final PathTree places;
    private final PathTree read;
    private final List<Beside> beside;
    private final Orphans orphans;
    private final Rewriting rewriting;
    /** An old id that stays is never a new one already. */
    private final Rewriting reading;

    private final OwnIds own;
    private final Throughs throughs;
    private final Map<String, Setter> set;
    private final Reads reads;
    private final EarlierValues earlier;

    /**
     * Compiles what the plan says of a table.
     *
     * @param scope which of the records that the plan is about are looked at
     * @param families must hold every family that the table refers to
     * @param taken what the records that it refers to will hold
     * @param earlier knows what earlier runs wrote; called by the threads that map
     * @throws IllegalArgumentException if the plan does not fit the table: {@code validate} finds that before
     */
    public InPlaceMapping(
            TablePlan table,
            TableShape shape,
            Where scope,
            Families families,
            Orphans orphans,
            Taken taken,
            Instant runStartedAt,
            EarlierValues earlier) {
        this.table = table;
        this.shape = shape;
        this.onExisting = switch (table.mode()) {
            case Mode.InPlace(var choice) -> choice;
            case Mode.Copy() -> throw new IllegalArgumentException("the table " + table.name() + " is copied");
        };
        this.filter = Filter.of(table, shape, runStartedAt).and(Filter.of(scope, runStartedAt));
        this.absences = Absences.of(table, shape, families);
        this.places = PathTrees.of(table, shape, families);
        this.read = PathTrees.read(table, families);
        this.beside = PathTrees.beside(table, families);
        this.orphans = orphans;
        this.rewriting = new Rewriting(orphans, true);
        this.reading = new Rewriting(orphans, false);
        this.own = OwnIds.of(table, shape, families);
        this.throughs = new Throughs(table, families, absences, taken);
        this.set = Setter.of(table, runStartedAt, throughs);
        this.reads = new Reads(table, shape, scope);
        this.earlier = earlier;
    }

    /** What happens to {@code record}, an item of the table. Never throws on account of the record. */
    public InPlaceOutcome map(Map<String, AttributeValue> record) {
        return map(record, EarlierValues.NONE);
    }

    /**
     * The same of a record that this run has changed already.
     *
     * @param now what it wrote to it, which counts as what earlier runs wrote does
     */
    public InPlaceOutcome map(Map<String, AttributeValue> record, EarlierValues now) {
        try {
            if (!filter.takes(record)) {
                return new FilteredOut();
            }
            if (own.isMergedAway(record) != table.name().isMergedAway()) {
                return table.name().isMergedAway() ? new FilteredOut() : new MergedAway();
            }
            var after = changed(record, now);
            var touched = touched(record, after);
            return touched.isEmpty() ? new Nothing() : update(record, after, touched, now);
        } catch (UnmappableException e) {
            return e.unmappable();
        }
    }

    /** What {@code record} will be; one that stays as it is, or that the plan leaves out, is what it is. */
    public MappingOutcome becoming(Map<String, AttributeValue> record) {
        return switch (map(record)) {
            case Update update -> new MappingOutcome.Mapped(update.appliedTo(record));
            case Nothing _, FilteredOut _ -> new MappingOutcome.Mapped(record);
            case MergedAway merged -> merged;
            case MappingOutcome.Unmappable why -> why;
        };
    }

    /**
     * Every reference in {@code record}, those of its key first, also to records that are created because it holds no id.
     * Does not ask {@code where}. Never throws.
     */
    public List<ReferenceUse> references(Map<String, AttributeValue> record) {
        var collecting = new Collecting();
        var filled = absences.filledIfPossible(record);
        new Walk(collecting).fields(places, filled);
        new Walk(collecting).fields(read, filled);
        return collecting.uses();
    }

    /** Whether {@code record} holds an id that stays because the mapping has no new one ({@code onMissing: keep}). Never throws. */
    public boolean keepsIds(Map<String, AttributeValue> record) {
        var kept = new KeptIds();
        new Walk(kept).fields(places, record);
        new Walk(kept).fields(read, record);
        return kept.found();
    }

    /** Digest of all that decides what becomes of {@code record}: its content, and what is taken from other records. */
    public Digest digest(Map<String, AttributeValue> record) {
        return throughs.digest(record);
    }

    /** Whether records take values of the records that they refer to. */
    public boolean takes() {
        return !throughs.isEmpty();
    }

    private Map<String, AttributeValue> changed(Map<String, AttributeValue> record, EarlierValues now) {
        var item = new HashMap<>(new Walk(rewriting).fields(places, filled(record)));
        var key = shape.keyOf(record);
        var existing = new Existing(
                (attribute, value) -> now.wrote(key, attribute, value) || earlier.wrote(key, attribute, value));
        table.rename().forEach((from, to) -> rename(item, from, to, existing));
        table.drop().forEach(item::remove);
        var inputs = new Inputs(record, table.name().isMergedAway() ? own.survivor(record) : Optional.empty());
        set.forEach((name, setter) ->
                setter.apply(inputs, item.get(name), value -> existing.write(item, name, value, onExisting)));
        beside.forEach(one -> one.write(record, reading, item, existing));
        return item;
    }

    /** A record that came late may need another one that nobody has created. */
    private Map<String, AttributeValue> filled(Map<String, AttributeValue> record) {
        for (var absence : absences.in(record)) {
            var reference = absence.reference();
            if (orphans.hasNoRecord(reference.family(), absences.id(absence, record))) {
                throw new UnmappableException(
                        NOT_CREATED,
                        reference.path().text(),
                        "needs a record of " + reference.family() + " that this run does not create");
            }
        }
        return absences.filled(record);
    }

    /** An attribute whose new name is taken by another value that stays, stays as well. */
    private void rename(Map<String, AttributeValue> item, String from, String to, Existing existing) {
        var value = item.get(from);
        if (value != null && existing.write(item, to, Optional.of(value), onExisting)) {
            item.remove(from);
        }
    }

    @SuppressWarnings("ReferenceEquality") // what no rule has a place in is the very same object
    private static SortedMap<String, Touch> touched(
            Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
        var touched = new TreeMap<String, Touch>();
        after.forEach((name, is) -> {
            var was = before.get(name);
            if (was != is && (was == null || !SameContent.same(was, is))) {
                touched.put(name, new Touch(Optional.ofNullable(was), Optional.of(is)));
            }
        });
        before.forEach((name, was) -> {
            if (!after.containsKey(name)) {
                touched.put(name, new Touch(Optional.of(was), Optional.empty()));
            }
        });
        return touched;
    }

    private Update update(
            Map<String, AttributeValue> record,
            Map<String, AttributeValue> after,
            SortedMap<String, Touch> touched,
            EarlierValues now) {
        for (var attribute : shape.keyAttributes()) {
            if (touched.containsKey(attribute.name())) {
                throw new IllegalStateException("a key cannot change in place, and the plan check has not refused it");
            }
        }
        ItemLimits.check(after, shape).ifPresent(violation -> {
            throw RecordMapping.unmappable(violation);
        });
        changesAgain(after, now).ifPresent(attribute -> {
            throw new UnmappableException(
                    "mapping.not-repeatable", attribute, "would change again if the rules were applied once more");
        });
        var read = reads.of(record);
        read.keySet().removeAll(touched.keySet());
        var compared = read.size() + touched.size();
        if (compared > MOST_COMPARED) {
            throw new UnmappableException(
                    "mapping.too-many-attributes",
                    "",
                    "the record has " + compared + " attributes that must not change in the meantime, but the limit is "
                            + MOST_COMPARED);
        }
        return new Update(touched, read);
    }

    /**
     * What of the outcome would change once more; empty if nothing would. That {@code where} leaves it out by then is as
     * good.
     */
    private Optional<String> changesAgain(Map<String, AttributeValue> after, EarlierValues now) {
        try {
            return filter.takes(after)
                    ? touched(after, changed(after, now)).keySet().stream().findFirst()
                    : Optional.empty();
        } catch (UnmappableException e) {
            return Optional.of(e.unmappable().path());
        }
    }
}
