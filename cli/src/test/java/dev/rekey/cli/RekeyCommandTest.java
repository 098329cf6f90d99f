package dev.rekey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RekeyCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void helpGoesToStandardOutput() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: rekey");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void anUnknownOptionIsAnErrorOfUsage() {
        assertThat(run("--nonsense")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("--nonsense");
    }

    private int run(String... arguments) {
        var environment = new Environment(
                InputStream.nullInputStream(),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Map.of(),
                Optional.empty());
        return RekeyCommand.run(environment, List.of(arguments));
    }
}
