package dev.rekey.engine.status;

import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tries whether the bucket accepts an object of a run that gives no sign of life: its workers can tell nobody that it does not.
 * For one thread.
 */
public final class WriteTrial {
    /** As large as the log of a page: a disk that is nearly full takes smaller ones. */
    private static final int BYTES = 256 << 10;

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Objects objects;
    private final RunFolder folder;
    private Instant next = Instant.MIN;
    private Optional<String> last = Optional.empty();

    public WriteTrial(Objects objects, RunFolder folder) {
        this.objects = objects;
        this.folder = folder;
    }

    /** Why the bucket refuses writes; empty if it does not. What was found lately counts. */
    Optional<String> refusal(Instant now) {
        if (!now.isBefore(next)) {
            next = now.plus(PAUSE);
            last = refusal();
        }
        return last;
    }

    private Optional<String> refusal() {
        try {
            objects.put(folder.trial(), new byte[BYTES]);
            objects.delete(folder.trial());
            return Optional.empty();
        } catch (StoreException e) {
            return Optional.of(
                    switch (e.kind()) {
                        case DENIED -> "S3 denies writes, at least with your credentials (" + fact(e) + ")";
                        case THROTTLED, UNAVAILABLE, MISSING, INVALID ->
                            "S3 refuses writes (" + fact(e) + "); the run continues by itself when it accepts them";
                    });
        }
    }

    /** Of the message's parts, what was met. */
    private static String fact(StoreException refused) {
        var message = refused.getMessage();
        int from = message.indexOf(": ") < 0 ? 0 : message.indexOf(": ") + 2;
        int to = message.indexOf(". ", from);
        return to < 0 ? message.substring(from) : message.substring(from, to);
    }
}
