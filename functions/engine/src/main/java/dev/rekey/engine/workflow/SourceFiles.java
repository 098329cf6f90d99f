package dev.rekey.engine.workflow;

import dev.rekey.core.plan.Location;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.scan.FileTable;
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
        boolean searches = plan.merges() || plan.creates() || plan.takes();
        for (var table : plan.whole()) {
            try {
                var listed = listed(files, table);
                boolean isExport = new FileNames(table.source().name()).isFolder() && !listed.isEmpty();
                int before = problems.size();
                var found = isExport ? exported(files, table, listed) : listed;
                all.put(table.name(), found);
                if (problems.size() == before) {
                    check(table, found, searches);
                }
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

    /** Those that hold the records of an export; what else its folder holds is about them. */
    private List<FileVersion> exported(Files files, TablePlan table, List<FileVersion> found) {
        var folder = table.source().name();
        var byName = new TreeMap<String, FileVersion>();
        found.forEach(file -> byName.put(shown(file).substring(folder.length()), file));
        var export = ExportFolder.read(
                folder,
                byName,
                file -> invocation.backoff().retry(() -> files.read(file, 0, Math.toIntExact(file.bytes()))));
        export.faults().forEach(fault -> problem(table, fault.id(), fault.fact(), fault.hint()));
        return export.files();
    }

    private String shown(FileVersion file) {
        return names.getOrDefault(file.address(), file.address().toString());
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

    private void check(TablePlan table, List<FileVersion> files, boolean searches) {
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
                        "The file " + shown(file) + " has no bytes.",
                        "Write it again, or delete it."));
        long bytes = FileTable.unpacked(files);
        if (searches && bytes > FileTable.MOST_IN_MEMORY) {
            problem(
                    table,
                    "file.too-large",
                    ("The files of the table have %d MB (packed files count eight times). The plan merges or creates"
                                    + " records or takes values of other records, so these are searched in memory, which"
                                    + " takes at most %d MB.")
                            .formatted(bytes >> 20, FileTable.MOST_IN_MEMORY >> 20),
                    "Import the files with a plan that does none of this, and merge, create and take in a second one.");
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
