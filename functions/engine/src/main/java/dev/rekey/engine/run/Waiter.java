package dev.rekey.engine.run;

import dev.rekey.engine.run.TaskTokens.TaskToken;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A task that waits.
 *
 * @param format 1
 * @param token returned to continue the task
 */
record Waiter(int format, String token) {
    static Waiter of(TaskToken token) {
        return new Waiter(1, token.value());
    }

    /** What the keys of all that wait in a run begin with. */
    static String prefix(RunFolder folder) {
        return folder.key("pause/").name();
    }

    /** The same token has the same key. */
    ObjectKey key(RunFolder folder) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return new ObjectKey(prefix(folder) + HexFormat.of().formatHex(digest) + ".json");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
