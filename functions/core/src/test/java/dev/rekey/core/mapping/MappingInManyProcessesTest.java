package dev.rekey.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Migrate and Verify are different processes: what one of them makes of a record, every other must. Their hashes differ,
 * and so may language, time zone, compiler, and the order in which the store gives maps and sets.
 */
final class MappingInManyProcessesTest {
    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    private static final List<List<String>> OPTIONS = List.of(
            List.of("-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=0"),
            List.of("-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=3", "-Duser.timezone=Asia/Kolkata"),
            List.of("-XX:TieredStopAtLevel=1", "-Duser.language=tr", "-Duser.country=TR", "-Dfile.encoding=ISO-8859-9"),
            List.of("-Duser.language=th", "-Duser.country=TH", "-Duser.timezone=America/Los_Angeles"));

    @Test
    @Timeout(120)
    void everyProcessMakesTheSameOfARecord() {
        var here = MappedHere.lines(0);
        assertThat(here).hasSizeGreaterThan(80);
        var others = new ArrayList<Process>();
        for (int seed = 1; seed <= OPTIONS.size(); seed++) {
            others.add(start(MappedHere.class, OPTIONS.get(seed - 1), Integer.toString(seed)));
        }
        for (int i = 0; i < others.size(); i++) {
            assertThat(lines(others.get(i))).as("with %s", OPTIONS.get(i)).isEqualTo(here);
        }
    }

    static Process start(Class<?> program, List<String> options, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", CLASS_PATH, program.getName()));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Process process) {
        try (var out = process.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
