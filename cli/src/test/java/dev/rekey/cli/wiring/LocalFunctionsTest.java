package dev.rekey.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalFunctionsTest {
    @Test
    void everyPlaceholderOfTheWorkflowIsFilled() {
        var home = Path.of(System.getProperty("rekey.root"));
        var machine = LocalFunctions.stateMachine(
                new LocalFiles(Optional.of(home), Optional.empty(), Path.of("java")), "the-bucket");

        assertThat(machine.definition())
                .doesNotContain("${")
                .contains("\"FunctionName\": \"rekey-prepare\"")
                .contains("\"Bucket\": \"the-bucket\"");
    }

    @Test
    void aPlaceholderThatNobodyKnowsIsADefect() {
        assertThatIllegalArgumentException().isThrownBy(() -> LocalFunctions.filled("${Nonsense}", "b"));
    }
}
