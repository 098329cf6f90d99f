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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A plain model of several runs of a plan that copies one table, whose ids and content stay, while others write on both sides between
 * the runs. A record is its content; it belongs to a tenant that its content begins with. Conflicts are skipped.
 */
final class RepeatedRunsModel {
    /** At most so many in the source. */
    static final int RECORDS = 6;

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
     * @param changed those that it names as changed by others, and that would be gone
     * @param kept the ids that it was asked to keep, although they are gone
     */
    private record Run(
            Optional<String> scope,
            Map<String, String> wrote,
            Map<String, Optional<String>> before,
            Set<String> left,
            Set<String> deleted,
            Set<String> listed,
            Set<String> changed,
            Set<String> kept) {
        Run(Optional<String> scope, Set<String> kept) {
            this(
                    scope,
                    new HashMap<>(),
                    new HashMap<>(),
                    new TreeSet<>(),
                    new TreeSet<>(),
                    new TreeSet<>(),
                    new TreeSet<>(),
                    kept);
        }
    }

    /** Runs the plan, and keeps what the newest run has listed if {@code keeping}. */
    void run(Optional<String> scope, boolean keeping) {
        var run = new Run(scope, keeping ? toKeep() : Set.of());
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
        runs.add(run);
        notInSource(scope)
                .forEach(
                        id -> (Optional.of(target.get(id)).equals(written(id)) ? run.listed() : run.changed()).add(id));
    }

    /** The ids that the newest run must name as gone. */
    Set<String> named() {
        return runs.getLast().listed();
    }

    /** Those that it must name as changed by others. */
    Set<String> namedAsChanged() {
        return runs.getLast().changed();
    }

    /** What a run of all tenants would delete: the ids that the newest such run has listed. */
    Set<String> listed() {
        return newestOfAll().map(run -> Set.copyOf(run.listed())).orElse(Set.of());
    }

    /** What it names as changed by others. */
    Set<String> listedAsChanged() {
        return newestOfAll().map(run -> Set.copyOf(run.changed())).orElse(Set.of());
    }

    private Set<String> toKeep() {
        return Stream.concat(listed().stream(), listedAsChanged().stream()).collect(Collectors.toSet());
    }

    private Optional<Run> newestOfAll() {
        return runs.reversed().stream().filter(run -> run.scope().isEmpty()).findFirst();
    }

    /** How many runs came before the newest of all tenants, which answers for what is listed. */
    int olderThanListed() {
        return IntStream.range(0, runs.size())
                .filter(i -> runs.get(i).scope().isEmpty())
                .max()
                .orElse(0);
    }

    /** What runs after that at {@code index} keep, and that still stands there without a source record. */
    Set<String> keptAfter(int index) {
        return runs.stream()
                .skip(index + 1L)
                .flatMap(run -> run.kept().stream())
                .filter(id -> target.containsKey(id) && !source.containsKey(id))
                .collect(Collectors.toSet());
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

    /** The newest run finds another record than it named as gone: it leaves it, and names it as changed by others, unless it came back. */
    void leave(String id) {
        runs.getLast().listed().remove(id);
        if (source.containsKey(id)) {
            runs.getLast().changed().remove(id);
        } else {
            runs.getLast().changed().add(id);
        }
    }

    /** What stands in the target without a source record, where a run of {@code scope} wrote, and nobody has decided about it. */
    private List<String> notInSource(Optional<String> scope) {
        return target.keySet().stream()
                .filter(id -> !source.containsKey(id))
                .filter(id -> runs.stream()
                        .anyMatch(run -> (scope.isEmpty() || run.scope().equals(scope))
                                && run.wrote().containsKey(id)))
                .filter(id -> !writer(id).orElseThrow().deleted().contains(id)
                        || Optional.of(target.get(id)).equals(written(id)))
                .filter(id -> !isKept(id))
                .toList();
    }

    /** Whether it was decided later than the last run wrote it. */
    private boolean isKept(String id) {
        int wrote = runs.indexOf(writer(id).orElseThrow());
        return runs.stream().skip(wrote + 1L).anyMatch(run -> run.kept().contains(id));
    }

    /** What the newest run that wrote {@code id}, and counts, wrote there. */
    private Optional<String> written(String id) {
        return writer(id).map(run -> run.wrote().get(id));
    }

    private Optional<Run> writer(String id) {
        return runs.reversed().stream()
                .filter(run -> run.wrote().containsKey(id))
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
