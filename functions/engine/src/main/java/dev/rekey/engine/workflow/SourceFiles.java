package dev.rekey.engine.workflow;

import dev.rekey.core.plan.Location;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.store.FileAddress;
import dev.rekey.engine.store.Files;
import dev.rekey.engine.store.Files.FileVersion;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Sides;
import dev.rekey.engine.store.StoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Looks for the files that a plan names, and notes what is wrong with them. */
final class SourceFiles {
    /** All files of a table, as their records may have to be searched in memory. */
    private static final long MOST_BYTES = FileNames.MOST_BYTES;

    /** Packed files are taken for so many times as large. */
    private static final int PACKED = 8;

    private final Sides sides;
    private final Invocation invocation;
    private final Map<String, FileAddress> handedIn;
    private final Map<FileAddress, String> names = new TreeMap<>(Comparator.comparing(FileAddress::toString));
    private final List<Problem> problems = new ArrayList<>();

    /** @param handedIn with the plan */
    SourceFiles(Sides sides, Invocation invocation, FilesOfPlan handedIn) {
        this.sides = sides;
        this.invocation = invocation;
        this.handedIn = new TreeMap<>(handedIn.addresses());
    }

    /** The names in the plan of the files that were handed in, by their addresses. */
    Map<FileAddress, String> names() {
        return Map.copyOf(names);
    }

    /** What was wrong so far. */
    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** The files of each table, in order of their names; empty if the source is tables. */
    Map<TableName, List<FileVersion>> find(Plan plan) {
        return switch (plan.source().location()) {
            case Location.Tables _ -> Map.of();
            case Location.Files _ -> found(plan);
        };
    }

    private Map<TableName, List<FileVersion>> found(Plan plan) {
        var files = sides.files(plan.source());
        var all = new TreeMap<TableName, List<FileVersion>>();
        for (var table : plan.whole()) {
            try {
                var found = listed(files, table);
                check(table, found);
                all.put(table.name(), found);
            } catch (StoreException e) {
                switch (e.kind()) {
                    case THROTTLED, UNAVAILABLE, INVALID -> throw e;
                    case DENIED ->
                        problem(
                                table,
                                "permission.denied",
                                e.getMessage(),
                                plan.source().roleArn().isPresent()
                                        ? "Grant it to the role that source.roleArn names."
                                        : "Add the bucket and its files to FileSourceArns of the stack, and deploy again.");
                    case MISSING -> problem(table, "file.missing", e.getMessage(), "Correct the address.");
                }
            }
        }
        return all;
    }

    private List<FileVersion> listed(Files files, TablePlan table) {
        var name = table.source().name();
        return isInBucket(table) ? inBucket(files, name) : handedIn(files, name);
    }

    /** As the command line found them beside the plan and put them into the bucket. */
    private List<FileVersion> handedIn(Files files, String name) {
        var pattern = new FileNames(name);
        var found = new ArrayList<FileVersion>();
        handedIn.forEach((one, address) -> {
            if (pattern.matches(one)) {
                all(files, address).stream()
                        .filter(file -> file.address().equals(address))
                        .forEach(found::add);
                names.put(address, one);
            }
        });
        return found;
    }

    private List<FileVersion> inBucket(Files files, String name) {
        var pattern = new FileNames(name);
        return all(files, FileAddress.of(pattern.begin())).stream()
                .filter(file -> pattern.matches(file.address().toString()))
                .toList();
    }

    private List<FileVersion> all(Files files, FileAddress begin) {
        var all = new ArrayList<FileVersion>();
        Optional<String> after = Optional.empty();
        Files.Listed listed;
        do {
            var from = after;
            listed = invocation.backoff().retry(() -> files.list(begin, from));
            all.addAll(listed.files());
            after = listed.files().stream()
                    .reduce((_, last) -> last)
                    .map(file -> file.address().key());
        } while (listed.more());
        return all;
    }

    private void check(TablePlan table, List<FileVersion> files) {
        if (files.isEmpty()) {
            problem(
                    table,
                    "file.missing",
                    isInBucket(table)
                            ? "There is no file " + table.source() + "."
                            : "The file " + table.source() + " was not handed in with the plan.",
                    isInBucket(table)
                            ? "Put it there, or correct source.files or " + path(table) + ".source."
                            : "Start the run from the command line, which hands files in, or name s3:// addresses.");
        }
        files.stream()
                .filter(file -> file.bytes() == 0)
                .forEach(file -> problem(
                        table,
                        "file.empty",
                        "The file "
                                + names.getOrDefault(
                                        file.address(), file.address().toString()) + " has no bytes.",
                        "Write it again, or delete it."));
        long bytes = files.stream()
                .mapToLong(file -> file.bytes() * (file.address().key().endsWith(".gz") ? PACKED : 1))
                .sum();
        if (bytes > MOST_BYTES) {
            problem(
                    table,
                    "file.too-large",
                    "The files of the table have %d MB%s, and at most 64 MB are read."
                            .formatted(
                                    bytes >> 20,
                                    files.stream()
                                                    .anyMatch(file ->
                                                            file.address().key().endsWith(".gz"))
                                            ? " (packed files count eight times)"
                                            : ""),
                    "Import the files in parts, each by a plan with a name of its own.");
        }
    }

    private void problem(TablePlan table, String id, String fact, String hint) {
        problems.add(new Problem(Severity.ERROR, id, path(table), fact, hint));
    }

    private static boolean isInBucket(TablePlan table) {
        return table.source().name().startsWith(Location.Files.BUCKET);
    }

    private static String path(TablePlan table) {
        return "tables." + table.name();
    }
}
