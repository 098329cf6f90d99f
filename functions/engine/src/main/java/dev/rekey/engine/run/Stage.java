package dev.rekey.engine.run;

import dev.rekey.core.item.Sha256;
import java.nio.charset.StandardCharsets;
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

    private static final String OVERWRITING = "rollback-overwrite";
    private static final String LIST_END = ".json";

    /**
     * Of a rollback that restores what others changed: earlier ones may have passed over it.
     *
     * @param before how many such rollbacks of the run began before
     */
    static Stage overwriting(int before) {
        return new Stage(OVERWRITING + (before == 0 ? "" : "-" + (before + 1)));
    }

    /**
     * Of a rollback that keeps drift.
     *
     * @param before how many rollbacks of the run began before, whether they kept drift or not
     */
    static Stage keeping(int before) {
        return before == 0 ? ROLLBACK : new Stage(ROLLBACK.name + "-" + (before + 1));
    }

    /** How the names of the lists of keys end that a rollback writes. */
    public String listEnd() {
        return hasPlainLists() ? LIST_END : "." + name + LIST_END;
    }

    /** What the names of the lists begin with that say what a rollback of this stage has left alone. */
    public String listOfLeft() {
        return name.startsWith(OVERWRITING) ? "unrestored/" : "drift/";
    }

    /** Whether a rollback of this stage has written a list of this name. */
    public boolean wrote(String list) {
        return hasPlainLists()
                ? !list.substring(list.lastIndexOf('/') + 1).contains("." + ROLLBACK.name)
                : list.endsWith(listEnd());
    }

    /** The first rollback that keeps drift, and the first that overwrites it. */
    private boolean hasPlainLists() {
        return equals(ROLLBACK) || equals(overwriting(0));
    }

    /** Of a rollback of the records that had these values: other values are gone through on their own. */
    public static Stage undoing(Map<String, String> where) {
        var digest = Sha256.begin();
        new TreeMap<>(where).forEach((attribute, value) -> {
            digest.update((attribute.length() + ":" + attribute).getBytes(StandardCharsets.UTF_8));
            digest.update((value.length() + ":" + value).getBytes(StandardCharsets.UTF_8));
        });
        return new Stage("rollback-where-" + HexFormat.of().formatHex(digest.digest(), 0, 8));
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
