package dev.rekey.engine.log;

import dev.rekey.core.item.Digest;
import dev.rekey.core.item.Expiry;
import dev.rekey.core.item.Key;
import dev.rekey.core.plan.TableName;
import java.util.Optional;

/**
 * One operation of a page: undo record, id mapping and outcome in one.
 *
 * @param key in the target
 * @param content of the record we write, or meant to write
 * @param expires when the record may vanish from the target by itself; empty if it does not
 * @param table the plan's table, where several share the log; empty where the log is of one table
 */
public record LogEntry(
        Origin origin,
        Key key,
        Operation operation,
        Digest content,
        Optional<Expiry> expires,
        Optional<TableName> table) {
    /** The same in a log that several tables share. */
    public LogEntry in(TableName one) {
        return new LogEntry(origin, key, operation, content, expires, Optional.of(one));
    }

    /** In the log of one table. */
    public LogEntry(Origin origin, Key key, Operation operation, Digest content, Optional<Expiry> expires) {
        this(origin, key, operation, content, expires, Optional.empty());
    }
}
