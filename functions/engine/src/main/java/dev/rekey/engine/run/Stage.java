package dev.rekey.engine.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** What is done to every segment of a table, with checkpoints of its own. */
public record Stage(String name) {
    public static final Stage ANALYZE = new Stage("analyze");
    /** Reads the records that may be merged, before all else. */
    public static final Stage MERGE = new Stage("merge");

    public static final Stage COPY = new Stage("copy");
    public static final Stage ROLLBACK = new Stage("rollback");
    /** A rollback that restores what others changed: an earlier one may have passed over it. */
    public static final Stage OVERWRITE = new Stage("rollback-overwrite");

    /** Of a rollback that treats drift in this way. */
    public static Stage undoing(Drift drift) {
        return switch (drift) {
            case KEEP -> ROLLBACK;
            case OVERWRITE -> OVERWRITE;
        };
    }

    /** Of a rollback of the records that had these values: other values are gone through on their own. */
    public static Stage undoing(Map<String, String> where) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(where).forEach((attribute, value) -> {
                digest.update((attribute.length() + ":" + attribute).getBytes(StandardCharsets.UTF_8));
                digest.update((value.length() + ":" + value).getBytes(StandardCharsets.UTF_8));
            });
            return new Stage("rollback-where-" + HexFormat.of().formatHex(digest.digest(), 0, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The comparison that follows a rollback, named by the execution that does both. */
    public static Stage verifyUndone(RunId task) {
        return verify(task, "undone");
    }

    /** Looks for what refers to created records, in the execution that rolls back: later, others may refer to them. */
    public static Stage referring(RunId task) {
        return new Stage("referring-" + task.value());
    }

    /** One verification, named by the execution that does it; {@code side} is {@code source} or {@code target}. */
    public static Stage verify(RunId task, String side) {
        return new Stage("verify-" + task.value() + "-" + side);
    }
}
