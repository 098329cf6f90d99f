package dev.rekey.core.plan.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.document.Document;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.core.plan.document.ProblemKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each plan beside its expected problems ({@code .problems}) and, if it is valid, its expected canonical form
 * ({@code .canonical}).
 */
class PlanGoldenTest {
    private static final Set<String> STRUCTURAL = Stream.of(
                    ProblemKind.OPTION_UNKNOWN,
                    ProblemKind.OPTION_MISSING,
                    ProblemKind.OPTION_WRONG_TYPE,
                    ProblemKind.OPTION_UNKNOWN_VALUE,
                    ProblemKind.OPTION_OUT_OF_RANGE,
                    ProblemKind.OPTION_BAD_FORM,
                    ProblemKind.PLAN_BAD_NAME,
                    ProblemKind.PLAN_NO_TABLES,
                    ProblemKind.TABLE_BAD_NAME,
                    ProblemKind.TABLE_BAD_PHYSICAL_NAME,
                    ProblemKind.ATTRIBUTE_BAD_NAME,
                    ProblemKind.INDEX_BAD_NAME,
                    ProblemKind.FAMILY_BAD_NAME,
                    ProblemKind.PARAMETER_BAD_NAME)
            .map(ProblemKind::id)
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> SOMETIMES_STRUCTURAL = Set.of(
            ProblemKind.OPTION_NOT_YET.id(),
            ProblemKind.KEY_REMOVE_REFERENCE.id(),
            ProblemKind.RULE_DUPLICATE_ATTRIBUTE.id());

    static List<Path> plans() {
        return GoldenFiles.plans(GoldenFiles.PLANS);
    }

    @ParameterizedTest
    @MethodSource("plans")
    void problemsAndCanonicalFormAreAsExpected(Path plan) {
        var expectedProblems = GoldenFiles.beside(plan, ".problems");
        var expectedCanonical = GoldenFiles.beside(plan, ".canonical").strip();
        switch (read(plan)) {
            case PlanReading.Invalid(var problems) -> {
                assertThat(GoldenFiles.written(problems)).isEqualTo(expectedProblems);
                assertThat(problems).anyMatch(problem -> problem.severity() == Severity.ERROR);
                assertThat(expectedCanonical).isEmpty();
            }
            case PlanReading.Valid(var read, var canonical, var warnings) -> {
                assertThat(GoldenFiles.written(warnings)).isEqualTo(expectedProblems);
                assertThat(canonical).isEqualTo(expectedCanonical);
                assertThat(read.fingerprint()).isEqualTo(CanonicalForm.fingerprint(expectedCanonical));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("plans")
    void theSchemaAloneAcceptsValidPlansAndRefusesBadStructure(Path plan) {
        if (!(Document.read(GoldenFiles.text(plan)) instanceof Document.Tree(var root))) {
            assertThat(plan.getFileName().toString()).startsWith("document-");
            return;
        }
        var errors = Structure.errors(root);
        switch (read(plan)) {
            case PlanReading.Valid _ -> assertThat(errors).isEmpty();
            case PlanReading.Invalid(var problems) -> {
                var ids = problems.stream().map(Problem::id).toList();
                if (ids.stream().anyMatch(STRUCTURAL::contains)) {
                    assertThat(errors).isNotEmpty();
                } else if (ids.stream().noneMatch(SOMETIMES_STRUCTURAL::contains)) {
                    assertThat(errors).isEmpty();
                }
            }
        }
    }

    private static PlanReading read(Path plan) {
        var parameters = GoldenFiles.beside(plan, ".parameters")
                .lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        return PlanReader.read(GoldenFiles.text(plan), parameters);
    }

    @Test
    void thereAreManyCases() throws Exception {
        assertThat(plans()).hasSizeGreaterThanOrEqualTo(60);
        try (var files = Files.list(GoldenFiles.PLANS)) {
            assertThat(files.map(file -> GoldenFiles.sibling(file, "")).distinct())
                    .allMatch(name -> plans().stream()
                            .anyMatch(plan -> GoldenFiles.sibling(plan, "").equals(name)));
        }
    }
}
