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
    private final List<String> faults = new ArrayList<>();
    /** The run that works. */
    private Optional<Run> working = Optional.empty();

    /** Jobs of which nobody can say whether a run that died wrote what stands there: as they would be if it was the run. */
    private final Map<String, List<SortedMap<String, String>>> doubts = new HashMap<>();

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
        private final Optional<String> version;
        /** Jobs that were written while the run worked. */
        private final Set<String> touched = new HashSet<>();
        /** Of these, those that were written after the last level's verification had begun. */
        private final Set<String> afterwards = new HashSet<>();
        /** What it was to write, and may have logged, when the application came first. */
        private final Map<String, List<Written>> logged = new HashMap<>();

        private boolean died;

        Run(Map<String, String> mapping, Optional<String> tenant, Optional<String> version) {
            this.mapping = Map.copyOf(mapping);
            this.tenant = tenant;
            this.version = version;
        }

        /** Whether the run put another id in the place of {@code id}, and that was not taken back. */
        boolean replaced(String attribute, String id) {
            return written.values().stream()
                    .anyMatch(one -> !one.takenBack
                            && one.before
                                    .getOrDefault(attribute, Optional.empty())
                                    .equals(Optional.of(id)));
        }

        boolean includes(Map<String, String> job) {
            return tenant.isEmpty() || tenant.get().equals(job.get("tenant"));
        }

        boolean isWhole() {
            return tenant.isEmpty() && parts.isEmpty();
        }
    }

    void name(String client, String name) {
        names.put(client, name);
    }

    /**
     * The application writes a job.
     *
     * @param there what stands there before
     */
    void job(SortedMap<String, String> job, Optional<SortedMap<String, String>> there) {
        touch(job.get("id"), there);
        jobs.put(job.get("id"), new TreeMap<>(job));
    }

    void delete(String id, Optional<SortedMap<String, String>> there) {
        touch(id, there);
        jobs.remove(id);
    }

    private void touch(String id, Optional<SortedMap<String, String>> there) {
        working.ifPresent(run -> {
            settle(run, id, there);
            run.touched.add(id);
            run.afterwards.add(id);
            Optional.ofNullable(jobs.get(id))
                    .filter(run::includes)
                    .map(job -> written(job, changed(run, job), new Written()))
                    .filter(one -> !one.after.isEmpty())
                    .ifPresent(one -> run.logged
                            .computeIfAbsent(id, _ -> new ArrayList<>())
                            .add(one));
        });
    }

    /** The run has died: nobody knows what it was told last. */
    void died() {
        working.ifPresent(run -> run.died = true);
    }

    private static Written written(Map<String, String> before, Map<String, String> now, Written all) {
        List.of("client", "owner", "of").forEach(attribute -> {
            var was = Optional.ofNullable(before.get(attribute));
            var is = Optional.ofNullable(now.get(attribute));
            if (!was.equals(is)) {
                all.before.put(attribute, was);
                all.after.put(attribute, is);
            } else if (!was.equals(all.after.getOrDefault(attribute, was))) {
                // The run has met what others wrote there since, and left it alone.
                all.before.remove(attribute);
                all.after.remove(attribute);
            }
        });
        return all;
    }

    /** A verification of the run begins. */
    void verify() {
        working.ifPresent(run -> run.afterwards.clear());
    }

    /** What is wrong with what was found while runs worked. */
    List<String> faults() {
        return faults;
    }

    SortedMap<String, SortedMap<String, String>> jobs() {
        return jobs;
    }

    /** @return false if it must be refused */
    boolean begin(Map<String, String> mapping, Optional<String> tenant, Optional<String> version) {
        for (var run : runs) {
            for (var entry : run.mapping.entrySet()) {
                var now = mapping.get(entry.getKey());
                if (now != null && !now.equals(entry.getValue()) && run.replaced("owner", entry.getKey())) {
                    return false;
                }
            }
        }
        var run = new Run(mapping, tenant, version);
        merge(run);
        working = Optional.of(run);
        return true;
    }

    /**
     * The run has migrated.
     *
     * @param named the jobs that its verification named, if it has reported
     */
    void end(SortedMap<String, SortedMap<String, String>> found, Optional<Set<String>> named) {
        var run = working.orElseThrow();
        for (var id : Set.copyOf(jobs.keySet())) {
            var before = jobs.get(id);
            boolean changes = run.includes(before) && !changed(run, before).equals(before);
            settle(run, id, Optional.ofNullable(found.get(id)));
            boolean remains = changes && before.equals(found.get(id));
            if (remains && !run.touched.contains(id)) {
                faults.add(id + " is left as it was");
            }
            if (remains
                    && !run.afterwards.contains(id)
                    && !named.orElse(run.touched).contains(id)) {
                faults.add(id + " remains, and is not named");
            }
        }
        named.orElse(Set.of()).stream()
                .filter(id -> !run.touched.contains(id))
                .forEach(id -> faults.add(id + " is named, and nobody has written it"));
        runs.add(run);
        working = Optional.empty();
    }

    /** The run is to be rolled back before it has migrated. */
    void abandon(SortedMap<String, SortedMap<String, String>> found) {
        working.ifPresent(run -> {
            Set.copyOf(jobs.keySet()).forEach(id -> settle(run, id, Optional.ofNullable(found.get(id))));
            working = Optional.empty();
            run.written.forEach((id, written) -> takeBack(jobs.get(id), written));
            doubt(run);
        });
    }

    /** What equals the run's work counts as the run's, if the run died before it had logged that it is not. */
    private void doubt(Run run) {
        run.logged.forEach((id, all) -> all.forEach(one -> {
            var job = jobs.get(id);
            if (run.died && job != null) {
                var back = new TreeMap<>(job);
                takeBack(back, one);
                if (!back.equals(job)) {
                    doubts.computeIfAbsent(id, _ -> new ArrayList<>()).add(back);
                }
            }
        }));
    }

    /** What stands in the tables after a rollback decides whose it was. */
    boolean isWhatMustBe(SortedMap<String, SortedMap<String, String>> found) {
        doubts.forEach((id, back) -> {
            if (back.contains(found.get(id))) {
                jobs.put(id, found.get(id));
            }
        });
        doubts.clear();
        return found.equals(jobs);
    }

    /** The run has changed a job since others wrote it, or has not yet. */
    private void settle(Run run, String id, Optional<SortedMap<String, String>> found) {
        var job = jobs.get(id);
        if (job == null || found.isEmpty()) {
            if (job != null || found.isPresent()) {
                faults.add(id + " is " + found + " instead of " + job);
            }
            return;
        }
        if (found.get().equals(job)) {
            return;
        }
        var now = run.includes(job) ? changed(run, job) : job;
        if (!found.get().equals(now)) {
            faults.add("%s is %s instead of %s or %s".formatted(id, found.get(), job, now));
            return;
        }
        written(job, now, run.written.computeIfAbsent(id, _ -> new Written()));
        jobs.put(id, now);
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

    /** What a run makes of a job. */
    private SortedMap<String, String> changed(Run run, SortedMap<String, String> job) {
        var now = new TreeMap<>(job);
        now.computeIfPresent("client", (_, client) -> run.merges.getOrDefault(client, client));
        now.computeIfPresent("owner", (_, owner) -> owner(run, owner));
        var of = Optional.ofNullable(job.get("of"));
        run.version
                .filter(_ -> of.isEmpty() || isOurs(job.get("id"), of.get()))
                .ifPresent(version -> now.put("of", job.get("tenant") + version));
        return now;
    }

    /** Whether a value of {@code of} is what the newest run that wrote it wrote there. */
    private boolean isOurs(String id, String value) {
        return runs.reversed().stream()
                .filter(run -> !run.parts.contains("jobs")
                        && run.written.containsKey(id)
                        && run.written.get(id).after.containsKey("of"))
                .findFirst()
                .filter(run -> run.parts.isEmpty()
                        && run.written.get(id).after.get("of").equals(Optional.of(value)))
                .isPresent();
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
        // A plan that does not read a tenant leaves nothing in the log to tell its jobs by.
        boolean knowsTenants = run.version.isPresent();
        if (tenant.isPresent() && !knowsTenants) {
            return false;
        }
        if (tenant.isPresent() && run.written.keySet().stream().noneMatch(id -> isOf(tenant, id))) {
            return false;
        }
        run.written.forEach((id, written) -> {
            if (tenant.isEmpty() || isOf(tenant, id)) {
                takeBack(jobs.get(id), written);
            }
            // A run whose table is rolled back does not count for it at all.
            written.takenBack |= table;
        });
        if (part.isEmpty()) {
            runs.removeLast();
            doubt(run);
        } else {
            run.parts.add(part);
        }
        return true;
    }

    private static boolean isOf(Optional<String> tenant, String id) {
        return tenant.filter(id::startsWith).isPresent();
    }

    private static void takeBack(SortedMap<String, String> job, Written written) {
        // What was deleted, attributes alone do not bring back.
        boolean drift = job == null
                || written.after.entrySet().stream().anyMatch(one -> {
                    var found = Optional.ofNullable(job.get(one.getKey()));
                    return !found.equals(one.getValue()) && !found.equals(written.before.get(one.getKey()));
                });
        if (!drift && !written.restored) {
            set(job, written.before);
            written.restored = true;
        }
        // What is left alone is the run's still, until the whole table is taken back.
        written.takenBack |= !drift;
    }
}
