package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.report.ExecutionAnswer;
import dev.rekey.engine.report.ReportWriter;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.workflow.Ports;
import dev.rekey.engine.workflow.ReportState;
import java.time.Duration;

/** Writes the report that ends an execution. */
public final class ReportHandler extends Handler {
    /** As Lambda makes it. */
    public ReportHandler() {
        this(Bootstrap.ofProcess());
    }

    public ReportHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    @Override
    Duration longest() {
        return LONG;
    }

    @Override
    Object answer(JsonNode input, Ports ports) {
        var payload = new Payload(input);
        var task = payload.task();
        return switch (new ReportState(ports).run(task, RunOutcome.of(payload.text("ending")), payload.text("cause"))) {
            case ReportWriter.ReportOutcome.Written written ->
                ExecutionAnswer.of(written.report(), address(written.json()), address(written.html()));
            // Caught by the workflow, which then says that the run is another's.
            case ReportWriter.ReportOutcome.Superseded _ ->
                throw new IllegalStateException("another execution has taken over run " + task.run());
        };
    }

    private String address(ObjectKey key) {
        return "s3://" + bootstrap().settings().bucket() + "/" + key.name();
    }
}
