package dev.rekey.engine.undo;

import dev.rekey.core.item.Digest;
import dev.rekey.core.item.Expiry;
import dev.rekey.core.item.Key;
import java.util.Optional;

/**
 * One operation of a page: undo record, id mapping and outcome in one.
 *
 * @param key in the target
 * @param content of the record we write, or meant to write
 * @param expires when the record may vanish from the target by itself; empty if it does not
 */
public record LogEntry(Origin origin, Key key, Operation operation, Digest content, Optional<Expiry> expires) {}
