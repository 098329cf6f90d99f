package dev.rekey.core.plan.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.ProblemKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/reference/problems.md} lists exactly the problems that the code knows, and each of a plan has a case. */
class ProblemsReferenceTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z.-]+)` \\| (error|warning) \\| .+ \\| .+ \\|$");

    private static final Pattern DATA_ROW =
            Pattern.compile("(?m)^\\| `([a-z.-]+)` \\| (?:analysis|run|test|all|, )+ \\| .+ \\| .+ \\|$");
    /** Ids stand in the code as literals of this form; so do names of files, which end as these do. */
    private static final Pattern LITERAL = Pattern.compile("\"([a-z]+\\.[a-z]+(?:-[a-z]+)*)\"");

    private static final Pattern FILE = Pattern.compile(".*\\.(json|jsonl|yaml|html|css|js|gz|log)");

    private static String reference() {
        return GoldenFiles.text(Path.of("../../docs/reference/problems.md"));
    }

    @Test
    void theReferenceListsEveryProblemOfDataAndRuns() {
        var plans = Arrays.stream(ProblemKind.values()).map(ProblemKind::id).collect(Collectors.toSet());
        var known = Stream.of(
                        "src/main/java", "../engine/src/main/java", "../aws/src/main/java", "../handlers/src/main/java")
                .flatMap(sources -> sources(Path.of(sources)))
                .map(ProblemsReferenceTest::withoutComments)
                .flatMap(source -> LITERAL.matcher(source).results().map(found -> found.group(1)))
                .filter(literal -> !FILE.matcher(literal).matches() && !plans.contains(literal))
                .distinct()
                .toList();
        assertThat(known).contains("copy.conflict", "mapping.wrong-type", "test.no-record");
        assertThat(DATA_ROW.matcher(reference()).results().map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(known);
    }

    private static Stream<String> sources(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).map(GoldenFiles::text).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutComments(String source) {
        return source.replaceAll("(?s)/\\*.*?\\*/|//[^\n]*", "");
    }

    @Test
    void theReferenceListsEveryProblem() {
        var text = reference();
        var listed = ROW.matcher(text)
                .results()
                .map(row -> row.group(1) + " " + row.group(2))
                .toList();
        assertThat(listed)
                .containsExactlyElementsOf(Arrays.stream(ProblemKind.values())
                        .map(kind -> kind.id() + " " + severity(kind))
                        .toList());
    }

    @Test
    void everyProblemHasACase() {
        var cases = Stream.concat(plans(GoldenFiles.PLANS), plans(GoldenFiles.CHECKS))
                .map(plan -> GoldenFiles.beside(plan, ".problems"))
                .collect(Collectors.joining());
        assertThat(ProblemKind.values())
                // A case of more than a million characters is made by PlanReaderTest.
                .filteredOn(kind -> kind != ProblemKind.DOCUMENT_TOO_LARGE)
                .allSatisfy(kind -> assertThat(cases).contains(" " + kind.id() + " at "));
    }

    @Test
    void idsAreUnique() {
        assertThat(List.of(ProblemKind.values())).extracting(ProblemKind::id).doesNotHaveDuplicates();
    }

    private static Stream<Path> plans(Path folder) {
        return GoldenFiles.plans(folder).stream();
    }

    private static String severity(ProblemKind kind) {
        return switch (kind.at(PlanPath.ROOT, "", "").severity()) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case NOTE -> "note";
        };
    }
}
