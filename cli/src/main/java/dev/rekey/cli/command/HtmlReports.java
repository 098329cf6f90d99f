package dev.rekey.cli.command;

import dev.rekey.cli.command.demo.Step;
import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Copies the pages of reports out of the bucket, so that a browser can open them when the stack is gone. */
final class HtmlReports {
    private final Deployment deployment;
    private final Environment environment;
    private final Path folder;

    HtmlReports(Deployment deployment, Environment environment, Path folder) {
        this.deployment = deployment;
        this.environment = environment;
        this.folder = folder;
    }

    /** The files, in the order of the steps. */
    List<Path> save(List<Step> steps) {
        var files = new ArrayList<Path>();
        for (var step : steps) {
            step.reportPage().ifPresent(address -> save(address, files));
        }
        return files;
    }

    private void save(String address, List<Path> files) {
        var key = new ObjectKey(address.replaceFirst("^s3://[^/]*/", ""));
        var name = key.name().replaceFirst(".*/", "");
        var file = folder.resolve("%d-%s".formatted(files.size() + 1, name));
        Buckets.documents(deployment, environment).bytes(key).ifPresent(stored -> {
            write(file, stored.content());
            files.add(file);
        });
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw CommandFailure.refused("Cannot save the report " + file + ": " + e
                    + ". The report is in the bucket. Check that the disk is not full and the folder is writable.");
        }
    }
}
