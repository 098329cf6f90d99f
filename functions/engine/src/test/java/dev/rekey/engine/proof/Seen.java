package dev.rekey.engine.proof;

import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.Objects.Stored;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where executions came that went on in one way: whoever comes to the same state at a site that holds the same goes on from
 * there as they do. For several threads at once.
 */
final class Seen {
    /** When something was done, by which invocation, and what it cost. */
    private static final Pattern HISTORY = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z|invocation-\\d+|"
            + "\"consumed\":\\{[^}]*\\}|\"marks\":\\[[^\\]]*\\]|\"rate\":\\[[^\\]]*\\]|\"bucketMillis\":\\d+");

    /** The contents of objects but for their history, in short, by their versions. */
    private static final Map<String, String> WITHOUT_HISTORY = new ConcurrentHashMap<>();

    private final boolean toTheByte;
    private final Set<At> seen = ConcurrentHashMap.newKeySet();

    /** @param execution its number at its site, from 0 */
    private record At(Object way, int execution, Progress progress, String held) {}

    /** What follows has been seen. */
    static final class SeenException extends RuntimeException {
        private static final long serialVersionUID = 1;

        SeenException() {
            super("seen before", null, false, false);
        }
    }

    /** @param toTheByte whether sites must also hold the same of when something was done, by which invocation, and what it cost */
    Seen(boolean toTheByte) {
        this.toTheByte = toTheByte;
    }

    /** The states of an execution that nobody stopped. */
    void add(Object way, Recording recording) {
        recording.states().forEach((progress, site) -> seen.add(new At(way, 0, progress, held(site))));
    }

    /** Looks at every state to which executions come at {@code site}, but for the first. */
    Consumer<Progress> watching(Object way, Site site) {
        return new Consumer<>() {
            private final Set<At> own = new HashSet<>();
            private int execution;
            private boolean begun;

            @Override
            public void accept(Progress progress) {
                if (!begun) {
                    begun = true;
                    return;
                }
                execution += progress.state() == Progress.State.PREPARE ? 1 : 0;
                var at = new At(way, execution, progress, held(site));
                // What only waited is where it was before.
                if (!seen.add(at) && !own.contains(at)) {
                    throw new SeenException();
                }
                own.add(at);
            }
        };
    }

    /** Everything at a site, in short. */
    private String held(Site site) {
        var held = site.held();
        return shortened(held.objects().all().entrySet().stream()
                .map(one -> one.getKey() + " " + held(one.getKey(), one.getValue()))
                .collect(Collectors.joining("\n", held.dump(), "")));
    }

    private String held(String key, Stored object) {
        var version = object.version().tag();
        return toTheByte || !key.endsWith(".json")
                ? version
                : WITHOUT_HISTORY.computeIfAbsent(version, _ -> shortened(withoutHistory(object.content())));
    }

    private static String withoutHistory(byte[] content) {
        return HISTORY.matcher(new String(content, StandardCharsets.UTF_8)).replaceAll("");
    }

    private static String shortened(String text) {
        return InMemoryObjects.version(text.getBytes(StandardCharsets.UTF_8)).tag();
    }
}
