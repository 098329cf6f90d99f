package dev.rekey.engine.undo;

import dev.rekey.core.item.Digest;
import dev.rekey.core.item.Expiry;
import dev.rekey.core.item.Key;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One record of a page: undo record, id mapping and outcome in one.
 *
 * @param oldKey key in the source
 * @param newKey key in the target
 * @param source digest of the source record as it was read
 * @param target digest of the content we write, or meant to write
 * @param expires when the record may vanish from the target by itself; empty if it does not
 * @param before what stood in the target before our first write; empty means absent
 */
public record PageEntry(
        Key oldKey,
        Key newKey,
        Digest source,
        Digest target,
        RecordOutcome outcome,
        Operation operation,
        Optional<Expiry> expires,
        Optional<Map<String, AttributeValue>> before) {}
