package dev.rekey.cli.deployment.wiring;

import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the runs that must be resumed or rolled back, in the objects of a bucket that no stack serves. */
final class WaitingRuns {
    private static final Pattern CONTROL = Pattern.compile("runs/([^/]+)/control\\.json");

    private static final Pattern MANIFEST = Pattern.compile("runs/[^/]+/manifest\\.json");

    private WaitingRuns() {}

    /** Whether this object tells of a run what has to be known. */
    static boolean isAbout(String key) {
        return CONTROL.matcher(key).matches() || MANIFEST.matcher(key).matches();
    }

    /** Those that hold locks and may have written, oldest first. What cannot be read counts as missing. */
    static List<RunId> of(Map<String, byte[]> objects) {
        return objects.keySet().stream()
                .map(CONTROL::matcher)
                .filter(control -> control.matches() && RunId.isValid(control.group(1)))
                .map(control -> new RunId(control.group(1)))
                .filter(run -> isWaiting(new RunFolder(run), objects))
                .sorted()
                .toList();
    }

    private static boolean isWaiting(RunFolder run, Map<String, byte[]> objects) {
        return read(run.control(), objects, Control.class)
                        .filter(control -> control.phase().isUnfinished())
                        .isPresent()
                && read(run.manifest(), objects, Manifest.class)
                        .filter(Manifest::mayWrite)
                        .isPresent();
    }

    private static <T> Optional<T> read(ObjectKey key, Map<String, byte[]> objects, Class<T> type) {
        try {
            return Optional.ofNullable(objects.get(key.name())).map(content -> Documents.decode(key, content, type));
        } catch (StoreException _) {
            return Optional.empty();
        }
    }
}
