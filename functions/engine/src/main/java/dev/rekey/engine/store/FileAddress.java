package dev.rekey.engine.store;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where a file is, or how the addresses of files begin.
 *
 * @param key not empty but for a whole bucket
 */
public record FileAddress(String bucket, String key) {
    private static final String SCHEME = "s3://";

    /** @throws IllegalArgumentException if {@code text} is not {@code s3://BUCKET/KEY} */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static FileAddress of(String text) {
        int slash = text.indexOf('/', SCHEME.length());
        if (!text.startsWith(SCHEME) || slash <= SCHEME.length()) {
            throw new IllegalArgumentException("not s3://BUCKET/KEY: " + text);
        }
        return new FileAddress(text.substring(SCHEME.length(), slash), text.substring(slash + 1));
    }

    @Override
    @JsonValue
    public String toString() {
        return SCHEME + bucket + "/" + key;
    }
}
