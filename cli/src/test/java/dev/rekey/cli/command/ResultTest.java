package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.cli.deployment.ExecutionResults;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.State;
import dev.rekey.engine.status.Report;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultTest {
    private static final RunId RUN = new RunId("20260102T030405678Z-0123abcd");

    private static Result failed(String report) {
        var ending = ExecutionResults.of(
                Action.VERIFY, RUN, new State.Failed("Rekey.VerificationFailed", "Cannot confirm the run."));
        var content =
                Documents.decode(new ObjectKey("report"), report.getBytes(StandardCharsets.UTF_8), RunReport.class);
        return new Result(
                ending,
                Optional.of(new Report("s3://bucket/reports/verified.json", content)),
                Duration.ofSeconds(2),
                Optional.empty());
    }

    @Test
    void aFailureNamesThePageAndTheCountsOfItsReport() {
        var result = failed(
                "{\"format\":1,\"outcome\":\"verified\",\"verification\":{\"matched\":7,\"missing\":2},\"counts\":{\"read\":9}}");
        var document = result.document();
        assertThat(document.path("page").asText()).isEqualTo("s3://bucket/reports/verified.html");
        assertThat(document.path("verification").toString())
                .isEqualTo("{\"matched\":7,\"missing\":2,\"verdict\":\"failed\"}");
        assertThat(document.at("/counts/read").asInt()).isEqualTo(9);
        assertThat(result.lines())
                .contains(
                        "verification  failed: 7 matched, 2 missing",
                        "page          s3://bucket/reports/verified.html");
    }

    @Test
    void aFailureBeforeAnyComparisonHasNoVerification() {
        assertThat(failed("{\"format\":1,\"outcome\":\"verified\",\"counts\":{}}")
                        .document()
                        .has("verification"))
                .isFalse();
    }
}
