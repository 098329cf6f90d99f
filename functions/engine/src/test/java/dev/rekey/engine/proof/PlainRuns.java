package dev.rekey.engine.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@link SeveralRuns} must leave in its jobs, worked out without the engine: a list of runs, each with what it wrote to
 * each job and whether that still counts.
 */
final class PlainRuns {
    private final SortedMap<String, SortedMap<String, String>> jobs = new TreeMap<>();
    private final SortedMap<String, String> names = new TreeMap<>();
    private final List<Run> runs = new ArrayList<>();

    /** What a run made of a job: the attributes that it wrote. */
    private static final class Written {
        private final Map<String, Optional<String>> before = new TreeMap<>();
        private final Map<String, Optional<String>> after = new TreeMap<>();
        private boolean takenBack;
        private boolean restored;
    }

    private static final class Run {
        private final Map<String, String> mapping;
        private final Optional<String> tenant;
        private final Map<String, String> merges = new HashMap<>();
        private final Set<String> adopted = new HashSet<>();
        private final SortedMap<String, Written> written = new TreeMap<>();
        private final Set<String> parts = new HashSet<>();

        Run(Map<String, String> mapping, Optional<String> tenant) {
            this.mapping = Map.copyOf(mapping);
            this.tenant = tenant;
        }

        /** Whether the run put another id in the place of {@code id}, and that was not taken back. */
        boolean replaced(String attribute, String id) {
            return written.values().stream()
                    .anyMatch(one -> !one.takenBack
                            && one.before
                                    .getOrDefault(attribute, Optional.empty())
                                    .equals(Optional.of(id)));
        }

        boolean isWhole() {
            return tenant.isEmpty() && parts.isEmpty();
        }
    }

    void name(String client, String name) {
        names.put(client, name);
    }

    void job(SortedMap<String, String> job) {
        jobs.put(job.get("id"), new TreeMap<>(job));
    }

    SortedMap<String, SortedMap<String, String>> jobs() {
        return jobs;
    }

    /** @return false if it must be refused */
    boolean migrate(Map<String, String> mapping, Optional<String> tenant) {
        for (var run : runs) {
            for (var entry : run.mapping.entrySet()) {
                var now = mapping.get(entry.getKey());
                if (now != null && !now.equals(entry.getValue()) && run.replaced("owner", entry.getKey())) {
                    return false;
                }
            }
        }
        var run = new Run(mapping, tenant);
        merge(run);
        jobs.forEach((id, job) -> {
            if (tenant.isEmpty() || tenant.get().equals(job.get("tenant"))) {
                change(run, id, job);
            }
        });
        runs.add(run);
        return true;
    }

    private void merge(Run run) {
        var adopted = adopted();
        adopted.forEach((merged, _) -> run.adopted.add(merged));
        var survivors = new HashSet<String>();
        adopted.forEach((_, survivor) -> survivors.add(end(adopted, survivor)));
        var byName = new TreeMap<String, List<String>>();
        names.forEach((client, name) -> {
            if (!adopted.containsKey(client)) {
                byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(client);
            }
        });
        var into = new HashMap<>(adopted);
        byName.values().forEach(same -> {
            var survivor = same.stream().filter(survivors::contains).findFirst().orElse(same.getFirst());
            same.stream().filter(one -> !one.equals(survivor)).forEach(one -> into.put(one, survivor));
        });
        into.keySet().forEach(merged -> run.merges.put(merged, end(into, merged)));
    }

    /** What a run adopted counts by the run that decided it, if that counts. */
    private Map<String, String> adopted() {
        var counting = new ArrayList<Map<String, String>>();
        var known = new HashSet<String>();
        for (var run : runs) {
            var of = new HashMap<String, String>();
            run.merges.forEach((merged, survivor) -> {
                boolean own = !run.adopted.contains(merged);
                if ((own || !known.contains(merged)) && ((own && run.isWhole()) || run.replaced("client", merged))) {
                    of.put(merged, survivor);
                }
            });
            known.addAll(of.keySet());
            counting.addFirst(of);
        }
        var adopted = new HashMap<String, String>();
        counting.forEach(of -> of.forEach(adopted::putIfAbsent));
        return adopted;
    }

    private static String end(Map<String, String> into, String id) {
        var end = id;
        while (into.containsKey(end)) {
            end = into.get(end);
        }
        return end;
    }

    private void change(Run run, String id, SortedMap<String, String> job) {
        var now = new TreeMap<>(job);
        now.computeIfPresent("client", (_, client) -> run.merges.getOrDefault(client, client));
        now.computeIfPresent("owner", (_, owner) -> owner(run, owner));
        now.put("of", job.get("tenant"));
        var written = new Written();
        List.of("client", "owner", "of").forEach(attribute -> {
            var before = Optional.ofNullable(job.get(attribute));
            var after = Optional.ofNullable(now.get(attribute));
            if (!before.equals(after)) {
                written.before.put(attribute, before);
                written.after.put(attribute, after);
            }
        });
        if (!written.before.isEmpty()) {
            run.written.put(id, written);
            set(job, written.after);
        }
    }

    /** Null where it is removed: nobody gives or gave such an id. */
    private String owner(Run run, String owner) {
        boolean done = run.mapping.containsValue(owner)
                || runs.stream()
                        .anyMatch(before -> !before.parts.contains("jobs") && before.mapping.containsValue(owner));
        return run.mapping.getOrDefault(owner, done ? owner : null);
    }

    private static void set(SortedMap<String, String> job, Map<String, Optional<String>> values) {
        values.forEach(
                (attribute, value) -> value.ifPresentOrElse(is -> job.put(attribute, is), () -> job.remove(attribute)));
    }

    /** @return false if nothing of the kind is left of the newest run */
    boolean rollBack(boolean table, Optional<String> tenant) {
        var run = runs.getLast();
        var part = table ? "jobs" : tenant.orElse("");
        if (!run.parts.isEmpty() && !part.isEmpty() && (run.parts.contains(part) || run.parts.contains("jobs"))) {
            return false;
        }
        if (tenant.isPresent()
                && run.written.keySet().stream()
                        .noneMatch(id -> tenant.get().equals(jobs.get(id).get("tenant")))) {
            return false;
        }
        run.written.forEach((id, written) -> {
            if (tenant.isEmpty() || tenant.get().equals(jobs.get(id).get("tenant"))) {
                takeBack(jobs.get(id), written);
            }
        });
        if (part.isEmpty()) {
            runs.removeLast();
        } else {
            run.parts.add(part);
        }
        return true;
    }

    private static void takeBack(SortedMap<String, String> job, Written written) {
        boolean drift = written.after.entrySet().stream().anyMatch(one -> {
            var found = Optional.ofNullable(job.get(one.getKey()));
            return !found.equals(one.getValue()) && !found.equals(written.before.get(one.getKey()));
        });
        if (!drift && !written.restored) {
            set(job, written.before);
            written.restored = true;
        }
        written.takenBack = true;
    }
}
