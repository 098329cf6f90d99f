package dev.rekey.local.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.rekey.handlers.WorkflowDocument;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A migration stays within the workflow's limits whatever its size, and the document says what it takes. */
final class ScaleTest {
    /** Of larger ones the state machine sees as many segments as this has. */
    private static final long PLAYED_IN_FULL = 10_000_000;

    @Test
    void everySizeIsWithinTheLimitsAndTheDocumentSaysWhatItTakes() throws Exception {
        var scales = new ArrayList<Scale>();
        for (long records : List.of(1_000_000L, 100_000_000L, 10_000_000_000L)) {
            var scale = new ScaledRun(records, (int) Math.max(1, records / PLAYED_IN_FULL)).measured();
            assertThat(scale.excesses()).as(records + " records").isEmpty();
            assertThat(scale.estimated()).isCloseTo(records, withPercentage(1));
            scales.add(scale);
        }
        var table = ScaleDocument.table(scales);
        if (Boolean.getBoolean("scale.write")) {
            ScaleDocument.write(table);
        }
        assertThat(ScaleDocument.written())
                .as("written again by -Dtest=ScaleTest -Dscale.write=true")
                .isEqualTo(table);
    }

    @Test
    void tooManyInvocationsAreNoticed() throws Exception {
        var slow = new ScaledRun("validate", 200_000, WorkflowDocument.document("rekey", ScaledRun.WORKERS), 40, 100)
                .measured();
        assertThat(slow.excesses()).anyMatch(excess -> excess.endsWith("events"));
    }

    @Test
    void resultsOfChildrenThatAreHandedOnAreNoticed() throws Exception {
        var document = WorkflowDocument.document("rekey", ScaledRun.WORKERS);
        var handingOn = document.replaceAll("(?s)\"ResultWriter\": \\{.*?\\},\\s*\"Output\": \\{\\}", "\"Output\": {}")
                .replaceFirst("\"Output\": \\{\\},\\s*\"Catch\"", "\"Output\": \"{% \\$states.result %}\", \"Catch\"");
        assertThat(handingOn).isNotEqualTo(document);
        var scale = new ScaledRun("validate", 100_000_000, handingOn, Long.MAX_VALUE / 2, 1).measured();
        assertThat(scale.excesses()).anyMatch(excess -> excess.startsWith("a payload"));
    }
}
