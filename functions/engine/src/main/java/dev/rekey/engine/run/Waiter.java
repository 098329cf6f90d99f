package dev.rekey.engine.run;

import dev.rekey.core.item.Sha256;
import dev.rekey.engine.run.TaskTokens.TaskToken;
import dev.rekey.engine.store.Objects.ObjectKey;

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
        return new ObjectKey(prefix(folder) + Sha256.hex(token) + ".json");
    }
}
