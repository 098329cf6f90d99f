package dev.rekey.cli.command;

import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.core.item.Sha256;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.workflow.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files beside a plan that are its source: found, and put into the bucket, each under the digest of its content. */
record UploadedFiles(PlanFile plan, String verb) {
    /** An input of the state machine has 256 KB, and each file stands in it. */
    private static final int MOST = 500;

    /**
     * The addresses in the bucket, by the names in the plan. What is there already is not sent again.
     *
     * @throws CommandFailure if a file is not there or cannot be read
     */
    Map<String, String> upload(Deployment deployment, Documents documents) {
        var found = new TreeMap<String, Path>();
        plan.reading().plan().filesBeside().forEach(pattern -> found.putAll(find(pattern)));
        if (found.size() > MOST) {
            throw failure(
                    "it names %d files beside it, and at most %d can be uploaded".formatted(found.size(), MOST),
                    "Put the files into a bucket and name them as s3://BUCKET/KEY");
        }
        var addresses = new TreeMap<String, String>();
        found.forEach((name, file) ->
                addresses.put(name, "s3://" + deployment.bucket() + "/" + upload(name, file, documents)));
        return addresses;
    }

    private static String keyName(Path file) {
        return file.getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private String upload(String name, Path file, Documents documents) {
        var content = content(name, file);
        var key = new ObjectKey("uploads/" + Sha256.hex(content) + "/" + keyName(file));
        if (!documents.list(key.name()).contains(key)) {
            documents.putBytes(key, content);
        }
        return key.name();
    }

    private byte[] content(String name, Path file) {
        try {
            long bytes = Files.size(file);
            if (bytes > FileNames.MOST_BYTES) {
                throw failure(
                        "the file %s has %d MB, and at most %d MB are read (file.too-large)"
                                .formatted(name, bytes >> 20, FileNames.MOST_BYTES >> 20),
                        "Import it in parts, each by a plan with a name of its own");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw failure("the file " + name + " cannot be read: " + e.getMessage(), "Check the file");
        }
    }

    private Map<String, Path> find(String pattern) {
        var found = new TreeMap<String, Path>();
        var names = new FileNames(pattern);
        int star = pattern.indexOf('*');
        if (star < 0) {
            var file = plan.path().resolveSibling(pattern);
            if (Files.isRegularFile(file)) {
                found.put(pattern, file);
            }
        } else {
            var folder = pattern.substring(0, pattern.lastIndexOf('/') + 1);
            list(plan.path().resolveSibling(folder)).stream()
                    .filter(file -> names.matches(folder + file.getFileName()))
                    .forEach(file -> found.put(folder + file.getFileName(), file));
        }
        if (found.isEmpty()) {
            throw failure("there is no file " + pattern + " beside it (file.missing)", "Check the address");
        }
        return found;
    }

    private static List<Path> list(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException _) {
            // That there is none is said as of a name without a star.
            return List.of();
        }
    }

    private CommandFailure failure(String fact, String next) {
        return new CommandFailure(
                ExitCode.USAGE,
                "PlanNotReadable",
                "Cannot " + verb + " " + plan.path().getFileName() + ": " + fact + ". Nothing was started. " + next
                        + " and run it again.");
    }
}
