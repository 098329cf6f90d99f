package dev.rekey.engine.run;

import dev.rekey.core.plan.TableName;
import java.util.Optional;

/**
 * Why a run cannot go on; written to {@code failure.json} by the worker that met it first.
 *
 * @param id stable name of the kind of failure, such as {@code copy.conflict}
 * @param message what could not be done, the fact, what was left unchanged, what to do next; no record contents but ids
 */
public record Failure(String id, Optional<TableName> table, Optional<Segment> segment, String message) {
    public static Failure of(String id, String message) {
        return new Failure(id, Optional.empty(), Optional.empty(), message);
    }

    public static Failure in(TableName table, String id, String message) {
        return new Failure(id, Optional.of(table), Optional.empty(), message);
    }

    public Failure at(TableName where, Segment part) {
        return new Failure(id, Optional.of(where), Optional.of(part), message);
    }
}
