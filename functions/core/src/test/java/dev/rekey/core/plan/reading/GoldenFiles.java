package dev.rekey.core.plan.reading;

import dev.rekey.core.plan.document.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Cases as files: a plan, and beside it what is expected. */
final class GoldenFiles {
    static final Path PLANS = Path.of("src/test/resources/plan");
    static final Path CHECKS = Path.of("src/test/resources/plan-check");

    private GoldenFiles() {}

    /** Every plan in {@code folder}, by name. */
    static List<Path> plans(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file ->
                            file.toString().endsWith(".yaml") || file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file beside {@code plan} with another ending; empty text if there is none. */
    static String beside(Path plan, String ending) {
        var file = sibling(plan, ending);
        return Files.exists(file) ? text(file) : "";
    }

    static Path sibling(Path plan, String ending) {
        return plan.resolveSibling(plan.getFileName().toString().replaceFirst("\\.[a-z]+$", ending));
    }

    static String written(List<Problem> problems) {
        return problems.stream().map(GoldenFiles::written).collect(Collectors.joining());
    }

    private static String written(Problem problem) {
        return problem.severity() + " " + problem.id() + " at " + problem.path() + "\n    " + problem.message()
                + "\n    " + problem.hint() + "\n";
    }
}
