package dev.rekey.engine.migration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A plain model of several runs of a plan that copies one table, whose ids and content stay, while others write on both sides between
 * the runs. A record is its content; it belongs to a tenant that its content begins with. Conflicts are skipped.
 */
final class RepeatedRunsModel {
    final Map<String, String> source = new TreeMap<>();
    final Map<String, String> target = new TreeMap<>();
    private final List<Run> runs = new ArrayList<>();

    /**
     * What a run did.
     *
     * @param scope the tenant; empty for all
     * @param wrote what stands there since, by id
     * @param before what stood there before; empty if nothing did
     * @param left the ids that no rollback has passed, or that one has left alone
     * @param deleted the ids whose record it deleted; then what it wrote is what stood there
     * @param listed the ids that it names as gone
     */
    private record Run(
            Optional<String> scope,
            Map<String, String> wrote,
            Map<String, Optional<String>> before,
            Set<String> left,
            Set<String> deleted,
            Set<String> listed) {}

    /** Runs the plan; gives the ids that must be named as gone. */
    Set<String> run(Optional<String> scope) {
        var run = new Run(scope, new HashMap<>(), new HashMap<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        source.forEach((id, content) -> {
            if (scope.filter(tenant -> !content.startsWith(tenant)).isPresent()) {
                return;
            }
            var there = Optional.ofNullable(target.get(id));
            boolean identical = there.filter(content::equals).isPresent();
            boolean ours = there.isPresent() && there.equals(written(id));
            if (!identical && (there.isEmpty() || ours)) {
                run.wrote().put(id, content);
                run.before().put(id, there);
                run.left().add(id);
                target.put(id, content);
            }
        });
        run.listed().addAll(gone(scope));
        runs.add(run);
        return run.listed();
    }

    /** What a run of all tenants would delete: the ids that the newest such run has listed. */
    Set<String> listed() {
        return runs.reversed().stream()
                .filter(run -> run.scope().isEmpty())
                .findFirst()
                .map(run -> Set.copyOf(run.listed()))
                .orElse(Set.of());
    }

    /** Whether the newest run names {@code id} as gone. */
    boolean isListed(String id) {
        return runs.getLast().listed().contains(id);
    }

    /** The newest run, which names {@code id} as gone, deletes it. */
    void delete(String id) {
        var run = runs.getLast();
        var content = target.remove(id);
        run.wrote().put(id, content);
        run.before().put(id, Optional.of(content));
        run.left().add(id);
        run.deleted().add(id);
        run.listed().remove(id);
    }

    /** The newest run finds another record than it named as gone: it leaves it, and names it as changed by others. */
    void leave(String id) {
        runs.getLast().listed().remove(id);
    }

    private Set<String> gone(Optional<String> scope) {
        return target.keySet().stream()
                .filter(id -> !source.containsKey(id))
                .filter(id -> Optional.of(target.get(id)).equals(written(id)))
                .filter(id -> runs.stream()
                        .anyMatch(run -> (scope.isEmpty() || run.scope().equals(scope))
                                && run.wrote().containsKey(id)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the newest run that wrote {@code id}, and counts, wrote there. */
    private Optional<String> written(String id) {
        return runs.reversed().stream()
                .filter(run -> run.wrote().containsKey(id))
                .map(run -> run.wrote().get(id))
                .findFirst();
    }

    boolean hasRuns() {
        return !runs.isEmpty();
    }

    /** Rolls back the newest run, or its table; what it leaves alone, the next rollback of the run looks at again. */
    void rollBack(boolean overwriting) {
        var run = runs.getLast();
        run.left().removeIf(id -> {
            var there = Optional.ofNullable(target.get(id));
            var before = run.before().get(id);
            boolean deleted = run.deleted().contains(id);
            boolean ours = deleted
                    ? there.isEmpty()
                    : there.equals(Optional.of(run.wrote().get(id)));
            boolean vanished = there.isEmpty();
            if (!overwriting && !ours) {
                // Put back by others, it is as it was; where nothing stood, somebody has deleted it.
                return there.equals(before) && !vanished;
            }
            before.ifPresentOrElse(content -> target.put(id, content), () -> target.remove(id));
            return true;
        });
    }

    /** Wholly rolled back, the newest run counts no more. */
    void forget() {
        runs.removeLast();
    }
}
