package dev.rekey.core.item;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The digest of an item's content: equal for items that DynamoDB holds to be equal. */
public final class RecordDigest {
    private RecordDigest() {}

    /** SHA-256 of the item's canonical form, as {@code docs/internals/storage-format.md} defines it. */
    public static Digest of(Map<String, AttributeValue> item) {
        var digest = Sha256.begin();
        DigestedForm.hash(item, digest);
        return Digest.owning(digest.digest());
    }
}
