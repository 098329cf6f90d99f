package dev.rekey.engine.join;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.mapping.Kinds;
import dev.rekey.core.mapping.Kinds.Kind;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.FrozenGone.Gone;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.scan.Source;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Judges again whether records of a target are gone: nobody has changed them, and the source holds nothing for them. */
public final class GoneNow {
    private final TableName table;
    private final TableShape shape;
    private final TableShape target;
    private final Kinds kinds;
    private final Source source;
    private final EarlierWrites writes;

    /** @param table by its name in the plan */
    public GoneNow(RunContext run, TableName table, Source source, EarlierWrites writes) {
        this.table = table;
        this.shape = run.manifest().shapes(table).source();
        this.target = run.manifest().shapes(table).target();
        this.kinds = run.kinds(run.manifest().unit(table));
        this.source = source;
        this.writes = writes;
    }

    /** Those of {@code some} for which the source holds a record of the table, whatever the plan makes of it. */
    public Set<Gone> withSource(Collection<Gone> some) {
        var keys = some.stream().flatMap(one -> one.sources().stream()).collect(Collectors.toSet());
        if (keys.isEmpty()) {
            return Set.of();
        }
        var there = source.find(shape, keys).stream()
                .filter(this::isOfTable)
                .map(shape::keyOf)
                .collect(Collectors.toSet());
        return some.stream()
                .filter(one -> one.sources().stream().anyMatch(there::contains))
                .collect(Collectors.toSet());
    }

    private boolean isOfTable(Map<String, AttributeValue> record) {
        return switch (kinds.of(record)) {
            case Kind.Of(var name) -> name.equals(table);
            case Kind.Unmatched _ -> false;
            case Kind.Ambiguous(var tables) -> tables.contains(table);
        };
    }

    /** Whether {@code found} is what the newest earlier run that wrote {@code key} left there. */
    public boolean isUnchanged(Key key, Map<String, AttributeValue> found) {
        return writes.wrote(key, found);
    }

    /** Whether its time to live takes the record away. */
    public boolean hasExpired(Map<String, AttributeValue> found, Instant now) {
        return target.expiryOf(found).filter(expiry -> expiry.hasPassed(now)).isPresent();
    }
}
