package dev.rekey.core.plan.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.check.PlanCheck;
import dev.rekey.core.plan.document.Problem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each plan beside the shapes of its tables ({@code .shapes}) and the expected problems ({@code .problems}). */
class PlanCheckGoldenTest {
    static List<Path> plans() {
        return GoldenFiles.plans(GoldenFiles.CHECKS);
    }

    @ParameterizedTest
    @MethodSource("plans")
    void problemsAreAsExpected(Path file) {
        assertThat(GoldenFiles.written(problems(file))).isEqualTo(GoldenFiles.beside(file, ".problems"));
    }

    static List<Problem> problems(Path file) {
        var reading = PlanReader.read(GoldenFiles.text(file));
        assertThat(reading).isInstanceOf(PlanReading.Valid.class);
        var plan = ((PlanReading.Valid) reading).plan();
        var shapes = ShapesFile.read(GoldenFiles.beside(file, ".shapes"), plan);
        return PlanCheck.check(plan, shapes.sources(), shapes.targets());
    }
}
