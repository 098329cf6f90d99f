package dev.rekey.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every Java file looks as palantir-java-format writes it. */
class FormatTest {
    private static final JavaFormatterOptions.Style STYLE = JavaFormatterOptions.Style.PALANTIR;
    private static final Formatter FORMATTER = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(STYLE).build());
    private static final boolean WRITE = Boolean.getBoolean("format.write");

    @Test
    void everyJavaFileIsFormatted() {
        var unformatted = Repository.javaFiles().parallelStream()
                .flatMap(file -> complaint(file).stream())
                .toList();
        assertThat(unformatted)
                .as("Format them with ./mvnw -q -pl cli -am test -Dtest=FormatTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dformat.write=true")
                .isEmpty();
    }

    private static Optional<String> complaint(Path file) {
        try {
            var text = Files.readString(file);
            var formatted = formatted(text);
            if (formatted.equals(text)) {
                return Optional.empty();
            }
            if (WRITE) {
                Files.writeString(file, formatted);
                return Optional.empty();
            }
            return Optional.of(Repository.name(file));
        } catch (FormatterException e) {
            return Optional.of(Repository.name(file) + " " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String formatted(String text) throws FormatterException {
        var imports = RemoveUnusedImports.removeUnusedImports(ImportOrderer.reorderImports(text, STYLE));
        return FORMATTER.formatSource(imports);
    }
}
