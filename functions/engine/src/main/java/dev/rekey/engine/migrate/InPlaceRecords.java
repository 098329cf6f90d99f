package dev.rekey.engine.migrate;

import dev.rekey.core.item.Digest;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.mapping.EarlierValues;
import dev.rekey.core.mapping.InPlaceMapping;
import dev.rekey.core.mapping.InPlaceOutcome;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.engine.log.Touched;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.store.UpdateExpression;
import dev.rekey.engine.undo.Restoring;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Maps records of a table that is changed in place to what DynamoDB can do in one request, and take back in one. */
public record InPlaceRecords(InPlaceMapping mapping, TableShape shape) {

    /** What happens to {@code record}. What does not fit into one request cannot be mapped. */
    public InPlaceOutcome map(Map<String, AttributeValue> record) {
        return map(record, EarlierValues.NONE);
    }

    /** The same of a record to which this run wrote {@code now}. */
    public InPlaceOutcome map(Map<String, AttributeValue> record, EarlierValues now) {
        return switch (mapping.map(record, now)) {
            case InPlaceOutcome.Update update -> fits(record, update) ? update : tooLong(update);
            case InPlaceOutcome.Nothing nothing -> nothing;
            case MappingOutcome.FilteredOut filtered -> filtered;
            case MappingOutcome.MergedAway merged -> merged;
            case MappingOutcome.Unmappable why -> why;
        };
    }

    /** Whether {@code record} holds an id that stays because the mapping has no new one ({@code onMissing: keep}). */
    public boolean keepsIds(Map<String, AttributeValue> record) {
        return mapping.keepsIds(record);
    }

    /** Digest of all that decides what happens to {@code record}. */
    public Digest digest(Map<String, AttributeValue> record) {
        return mapping.digest(record);
    }

    /** The same, if the table's records take values of others. */
    public Optional<Function<Map<String, AttributeValue>, Digest>> decisive() {
        return mapping.takes() ? Optional.of(this::digest) : Optional.empty();
    }

    private boolean fits(Map<String, AttributeValue> record, InPlaceOutcome.Update update) {
        var touched = new HashMap<String, Touched>();
        update.touched().forEach((name, touch) -> touched.put(name, Touched.first(touch.before(), touch.after())));
        return UpdateExpression.of(request(record, update)).fits() && fits(touched, update.appliedTo(record));
    }

    /** Whether what was touched can be taken back in one request. */
    boolean fits(Map<String, Touched> touched, Map<String, AttributeValue> after) {
        boolean nothing =
                touched.entrySet().stream().allMatch(one -> one.getValue().isBefore(Touched.of(after, one.getKey())));
        return nothing
                || UpdateExpression.of(Restoring.of(shape, shape.keyOf(after), touched, after))
                        .fits();
    }

    private static MappingOutcome.Unmappable tooLong(InPlaceOutcome.Update update) {
        int compared = update.touched().size() + update.read().size();
        return new MappingOutcome.Unmappable(
                "mapping.too-many-attributes",
                "",
                "the record has " + compared
                        + " attributes that must not change meanwhile, more than one request can say");
    }

    /** The request that changes {@code record}, as long as everything that was read or touched is what it was. */
    Tables.Update request(Map<String, AttributeValue> record, InPlaceOutcome.Update update) {
        var expected = new HashMap<>(update.read());
        var set = new HashMap<String, AttributeValue>();
        var remove = new HashSet<String>();
        update.touched().forEach((name, touch) -> {
            expected.put(name, touch.before());
            touch.after().ifPresentOrElse(value -> set.put(name, value), () -> remove.add(name));
        });
        return new Tables.Update(shape.table(), shape.keyOf(record), expected, set, remove);
    }
}
