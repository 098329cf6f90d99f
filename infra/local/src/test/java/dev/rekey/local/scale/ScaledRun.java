package dev.rekey.local.scale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.aws.invocation.SystemTime;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.handlers.Bootstrap;
import dev.rekey.handlers.WorkflowDocument;
import dev.rekey.interpreter.api.ExecutionArn;
import dev.rekey.interpreter.api.ExecutionDescription;
import dev.rekey.interpreter.api.ExecutionStatus;
import dev.rekey.interpreter.api.StateMachineType;
import dev.rekey.interpreter.api.StepFunctions;
import dev.rekey.interpreter.execution.LocalStepFunctions;
import dev.rekey.interpreter.ports.Ports;
import dev.rekey.interpreter.ports.Settings;
import dev.rekey.interpreter.ports.SystemTimers;
import dev.rekey.interpreter.ports.TaskIntegrations;
import dev.rekey.local.functions.Functions;
import dev.rekey.local.functions.LambdaService;
import dev.rekey.local.functions.LambdaTasks;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * A whole migration by the real document and interpreter, with the real functions for everything that is done once, over
 * tables that have only a size. A quarter of the records are customers, the others are orders of theirs.
 *
 * @param records in both tables
 * @param document of the state machine
 * @param recordsPerInvocation what a worker does in one invocation
 * @param every of so many segments the state machine sees one; 1 for all
 */
record ScaledRun(String action, long records, String document, long recordsPerInvocation, int every) {
    /** Slower than any worker was ever measured. */
    static final long USUAL_RECORDS_PER_INVOCATION = 60_000;

    /** At most so many children of a Distributed Map at once, which is what a stack has unless it says otherwise. */
    static final int WORKERS = 40;

    private static final String BUCKET = "rekey";
    private static final String REGION = "us-east-1";
    private static final String ACCOUNT = "123456789012";
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final String PLAN = """
        plan: scale
        source: { tables: "dev-{table}" }
        target: { tables: "prod-{table}" }
        identity: { rule: derive, namespace: prod }
        tables:
          Customers: {}
          Orders: { references: { customerId: Customers }, checks: { accept: [customerId] } }
        """;

    ScaledRun(long records, int every) {
        this("migrate", records, WorkflowDocument.document(BUCKET, WORKERS), USUAL_RECORDS_PER_INVOCATION, every);
    }

    Scale measured() throws IOException {
        var bucket = new InMemoryObjects();
        var time = new SystemTime();
        var documents = new Documents(
                bucket, new Backoff(time, new Random(1), time.instant().plus(LONGEST)));
        var tables = new SizedTables(Map.of("dev-Customers", records / 4, "dev-Orders", records - records / 4));
        var environment = Map.of(
                "REKEY_BUCKET", BUCKET, "AWS_REGION", REGION, "AWS_ACCESS_KEY_ID", "x", "AWS_SECRET_ACCESS_KEY", "x");
        var workers = new CountingWorkers(tables, documents, PLAN, recordsPerInvocation);
        var functions = functions(new Bootstrap(environment, _ -> tables, _ -> bucket), workers);
        var journals = new CountedJournals();
        var lists = new WorkLists(bucket, workers, every);
        var ended = executed(functions, journals, lists);
        assertThat(ended.item().status())
                .as(ended.error() + " " + ended.cause())
                .isEqualTo(ExecutionStatus.SUCCEEDED);
        var run = new ObjectMapper()
                .readTree(ended.output().orElseThrow())
                .required("run")
                .textValue();
        return scale(documents, new RunFolder(new RunId(run)), journals, lists);
    }

    private Scale scale(Documents documents, RunFolder folder, CountedJournals journals, WorkLists lists) {
        var manifest = documents.get(folder.manifest(), Manifest.class).value();
        var analysis =
                documents.get(folder.report(Analysis.NAME), Analysis.class).value();
        return new Scale(
                records,
                manifest.tables().values().stream()
                        .mapToLong(TableOfRun::estimatedRecords)
                        .sum(),
                manifest.tables().values().stream()
                        .mapToInt(table -> table.sourceSegments().scans())
                        .sum(),
                manifest.partitions(),
                journals.children() + lists.children(),
                journals.transitions() + lists.transitions(),
                journals.largestPayload(),
                journals.mostEvents(),
                analysis.survey().forecast());
    }

    private static Functions functions(Bootstrap bootstrap, CountingWorkers workers) {
        var functions = Functions.none();
        for (var handler : WorkflowDocument.handlers(bootstrap).entrySet()) {
            functions = functions.withHandler(handler.getKey(), handler.getValue());
        }
        return functions
                .with("rekey-analyze", (payload, _) -> workers.analyze(payload))
                .with("rekey-migrate", (payload, _) -> workers.copy(payload))
                .with("rekey-verify", (payload, _) -> workers.verify(payload))
                .with("rekey-match", (payload, _) -> workers.match(payload));
    }

    private ExecutionDescription executed(Functions functions, CountedJournals journals, WorkLists lists) {
        var clock = InstantSource.system();
        var settings = new LambdaService.Settings(REGION, ACCOUNT, LONGEST, clock, _ -> {});
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var timers = new SystemTimers(clock, threads, Thread.ofVirtual().factory());
                var lambda = new LambdaService(functions, settings, new Random(2));
                var service = LocalStepFunctions.open(
                        new Settings(REGION, ACCOUNT, "Lambda.Unknown"),
                        new Ports(
                                journals,
                                TaskIntegrations.lambda(new LambdaTasks(lambda, new ObjectMapper())),
                                lists,
                                timers,
                                new Random(3),
                                threads))) {
            var machine = service.createStateMachine(
                    "migration", document, "arn:aws:iam::" + ACCOUNT + ":role/scale", StateMachineType.STANDARD);
            var input = new ObjectMapper()
                    .createObjectNode()
                    .put("action", action)
                    .put("plan", PLAN)
                    .put("confirm", "scale");
            var started = service.startExecution(machine.arn(), Optional.empty(), Optional.of(input.toString()));
            return awaited(service, started.arn(), clock.instant().plus(LONGEST));
        }
    }

    private static ExecutionDescription awaited(StepFunctions service, ExecutionArn execution, Instant until) {
        while (true) {
            var now = service.describeExecution(execution);
            if (now.item().status() != ExecutionStatus.RUNNING || until.isBefore(Instant.now())) {
                return now;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
