package dev.rekey.engine.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/** Files that plans name, in whatever bucket. Every method is one request. All throw {@link StoreException}. */
public interface Files {
    /**
     * Files in the bucket of {@code prefix} whose keys begin with its key, in order of the UTF-8 bytes of their keys.
     *
     * @param startAfter a key of the bucket
     * @return up to 1,000 files
     */
    Listed list(FileAddress prefix, Optional<String> startAfter);

    /**
     * A part of a file.
     *
     * @param from offset of the first byte, below the file's size
     * @param length at least 1; fewer bytes are returned only at the end of the file
     * @return empty if the file is another one by now, or none
     */
    Optional<byte[]> read(FileVersion file, long from, int length);

    /**
     * One content of a file.
     *
     * @param bytes as they are stored, compressed or not
     * @param tag S3's ETag
     * @param stated what the manifest of an export says of it
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record FileVersion(FileAddress address, long bytes, String tag, Optional<Stated> stated) {
        public FileVersion(FileAddress address, long bytes, String tag) {
            this(address, bytes, tag, Optional.empty());
        }
    }

    /** @param md5 of the stored bytes, in Base64 */
    record Stated(String md5, long records) {}

    /** @param more whether there are files after the last of these */
    record Listed(List<FileVersion> files, boolean more) {}
}
