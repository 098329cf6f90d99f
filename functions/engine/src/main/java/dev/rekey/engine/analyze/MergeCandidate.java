package dev.rekey.engine.analyze;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.core.identity.Identity;
import dev.rekey.core.identity.MergeMatching.Candidate;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.Digest;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.TableName;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A record that may be found to match others, as it is written down until all of them are known.
 *
 * @param values those that are compared, as DynamoDB JSON
 * @param parent what the record belongs to; empty if it matches whatever it belongs to, or belongs to nothing
 * @param age as DynamoDB JSON with the one name {@code age}
 * @param number the same for the same values of one table; for others too, but hardly ever
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record MergeCandidate(
        TableName table,
        FamilyName family,
        OldId id,
        String values,
        Optional<Identity> parent,
        Optional<String> age,
        long number) {
    private static final String AGE = "age";

    static MergeCandidate of(
            TableName table,
            Identity own,
            Map<String, AttributeValue> values,
            Optional<Identity> parent,
            Optional<AttributeValue> age) {
        return new MergeCandidate(
                table,
                own.family(),
                own.id(),
                TypedJson.text(values),
                parent,
                age.map(value -> TypedJson.text(Map.of(AGE, value))),
                number(table, RecordDigest.of(values)));
    }

    private static long number(TableName table, Digest values) {
        return ByteBuffer.wrap(values.toBytes()).getLong() ^ table.value().hashCode();
    }

    /** The same for equal values of one table, whatever they belong to. */
    Digest digest() {
        return RecordDigest.of(TypedJson.parse(values));
    }

    /** The same record, as it was when it belonged to {@code former}. */
    MergeCandidate of(Optional<Identity> former) {
        return new MergeCandidate(table, family, id, values, former, age, number);
    }

    Candidate candidate() {
        return new Candidate(
                table,
                new Identity(family, id),
                digest(),
                parent,
                age.map(text -> TypedJson.parse(text).get(AGE)));
    }
}
