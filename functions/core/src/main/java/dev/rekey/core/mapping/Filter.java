package dev.rekey.core.mapping;

import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.KindOfRecords;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.Unmatched;
import dev.rekey.core.plan.Where;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which records of a table move. */
@FunctionalInterface
interface Filter {
    /** @throws UnmappableException if there is no answer for {@code record} */
    boolean takes(Map<String, AttributeValue> record);

    /** The records of {@code table} that move; others of its physical table do not. */
    static Filter of(TablePlan table, TableShape source, Instant runStartedAt) {
        var where = table.kind()
                .map(kind -> of(table, kind).and(of(table.where(), runStartedAt)))
                .orElseGet(() -> of(table.where(), runStartedAt));
        return source.timeToLive().isPresent() ? unexpired(source, runStartedAt).and(where) : where;
    }

    /** The records of a shared physical table that are the table's, as far as one record can tell. */
    private static Filter of(TablePlan table, KindOfRecords kind) {
        boolean stays = table.isRest() && kind.unmatched() != Unmatched.COPY;
        return record -> !stays && Kinds.hasAll(record, kind.match());
    }

    /** What {@code where} of the plan says. */
    static Filter of(Where where, Instant runStartedAt) {
        return switch (where) {
            case Where.Everything() -> _ -> true;
            case Where.Equal(var values) -> record -> Kinds.hasAll(record, values);
            case Where.Written written -> written::holds;
            case Where.Expression(var jsonata, var parameters) ->
                new Expression("where", jsonata, parameters, runStartedAt)::holds;
        };
    }

    /** Records that expired before {@code at} do not move either: a copy must not bring them back to life. */
    static Filter unexpired(TableShape source, Instant at) {
        return record ->
                source.expiryOf(record).filter(expiry -> expiry.hasPassed(at)).isEmpty();
    }

    default Filter and(Filter other) {
        return record -> takes(record) && other.takes(record);
    }
}
