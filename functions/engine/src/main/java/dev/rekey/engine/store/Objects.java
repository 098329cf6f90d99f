package dev.rekey.engine.store;

import java.util.List;
import java.util.Optional;

/**
 * The objects of Rekey's bucket. Every method is one request, except that an answer 409 (two writers raced) is tried
 * again inside. All throw {@link StoreException}.
 */
public interface Objects {
    /** Empty if there is no such object. */
    Optional<Stored> get(ObjectKey key);

    /** Creates an object; never overwrites one. */
    PutOutcome create(ObjectKey key, byte[] content);

    /** Replaces the object if its current version is {@code version}. */
    PutOutcome replace(ObjectKey key, byte[] content, Version version);

    /** Writes an object whatever is there. Only for what a second attempt writes again in the same way. */
    void put(ObjectKey key, byte[] content);

    /**
     * Keys that begin with {@code prefix}, in order of their UTF-8 bytes, after {@code startAfter}.
     *
     * @return up to 1,000 keys
     */
    Listed list(String prefix, Optional<ObjectKey> startAfter);

    /**
     * Folders in {@code prefix}, which ends with a slash, in order of their UTF-8 bytes: whatever a folder holds, it is named
     * once, and costs no more than one that holds one object.
     *
     * @param startAfter what an earlier answer gave to go on after
     * @return up to 1,000 folders; objects that lie in {@code prefix} itself are left out
     */
    Folders folders(String prefix, Optional<ObjectKey> startAfter);

    void delete(ObjectKey key);

    /** Name of an object in the bucket. */
    record ObjectKey(String name) {
        /** Name of the folder in {@code prefix}, the beginning of this name with its last slash, that the object lies in. */
        public String folderIn(String prefix) {
            return name.substring(prefix.length(), name.indexOf('/', prefix.length()));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** What identifies one content of an object: S3's ETag. */
    record Version(String tag) {}

    record Stored(byte[] content, Version version) {}

    /** @param more whether there are keys after the last of these */
    record Listed(List<ObjectKey> keys, boolean more) {}

    /**
     * @param names without the prefix and the slash behind them
     * @param next to go on after; empty if there are no more
     */
    record Folders(List<String> names, Optional<ObjectKey> next) {
        /** The key that is behind everything in a folder: '0' follows '/'. */
        public static ObjectKey behind(String prefix, String name) {
            return new ObjectKey(prefix + name + "0");
        }
    }

    /** What became of a conditional put. */
    sealed interface PutOutcome {
        record Done(Version version) implements PutOutcome {}

        /** Something else is stored there (or, for {@code replace}, nothing): nothing was written. */
        record ConditionFailed() implements PutOutcome {}
    }
}
