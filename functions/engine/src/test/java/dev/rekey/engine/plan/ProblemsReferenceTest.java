package dev.rekey.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/reference/problems.md} lists exactly the problems that the code knows, and each has a case. */
class ProblemsReferenceTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z.-]+)` \\| (error|warning) \\| .+ \\| .+ \\|$");

    @Test
    void theReferenceListsEveryProblem() {
        var text = GoldenFiles.text(Path.of("../../docs/reference/problems.md"));
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
        };
    }
}
