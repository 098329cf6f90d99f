package dev.rekey.core.item;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The digest of an item's content: equal for items that DynamoDB holds to be equal. */
public final class RecordDigest {
    private RecordDigest() {}

    /** SHA-256 of the item's canonical form, as {@code docs/internals/storage-format.md} defines it. */
    public static Digest of(Map<String, AttributeValue> item) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            CanonicalForm.hash(item, digest);
            return Digest.owning(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
