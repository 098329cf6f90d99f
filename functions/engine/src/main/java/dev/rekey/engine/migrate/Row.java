package dev.rekey.engine.migrate;

import dev.rekey.core.item.Digest;
import dev.rekey.core.item.Expiry;
import dev.rekey.core.item.Key;
import dev.rekey.core.plan.TableName;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A source record on its way: what it was, what it becomes.
 *
 * @param table of the plan
 */
record Row(
        TableName table,
        Key oldKey,
        Key newKey,
        Digest source,
        Map<String, AttributeValue> item,
        Digest target,
        Optional<Expiry> expires) {}
