package dev.rekey.interpreter.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.api.ExecutionItem;
import dev.rekey.interpreter.api.ExecutionStatus;
import dev.rekey.interpreter.api.HistoryEvent;
import dev.rekey.interpreter.api.ListRequest;
import dev.rekey.interpreter.api.StepFunctionsException;
import dev.rekey.interpreter.definition.Json;
import dev.rekey.interpreter.ports.MemoryStore;
import dev.rekey.interpreter.ports.Store;
import dev.rekey.interpreter.ports.TaskToken;
import dev.rekey.interpreter.ports.Unfinished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process dies and is started again, at chosen moments. */
class RestartTest {
    private final Store store = new MemoryStore();

    private static JsonNode test(String name) throws IOException {
        return Json.parse(Files.readAllBytes(Path.of("src/test/resources/cases", name + ".json")));
    }

    private static void restart(Bench bench, Duration after) {
        bench.time().runUntil(VirtualTime.START.plus(after));
        bench.time().die();
        bench.open();
    }

    private static Duration took(Bench bench) {
        var item = bench.describe().item();
        return Duration.between(item.startDate(), item.stopDate().orElseThrow());
    }

    private Bench started(String name) throws IOException {
        Bench bench = new Bench(store, test(name));
        bench.open();
        bench.start();
        return bench;
    }

    @Test
    void aWaitEndsWhenItWouldHaveEnded() throws IOException {
        Bench bench = started("wait-seconds");
        restart(bench, Duration.ofSeconds(40));
        bench.time().run();
        assertThat(took(bench)).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void aTokenStaysGood() throws IOException {
        Bench bench = started("token-success");
        bench.time().runUntil(VirtualTime.START.plusSeconds(1));
        TaskToken token = new TaskToken(
                bench.functions().calls("f").getFirst().get("token").textValue());
        restart(bench, Duration.ofSeconds(50));
        bench.service().sendTaskSuccess(token, "{\"answer\":1}");
        bench.time().run();
        assertThat(bench.describe().output()).contains("{\"answer\":1}");
        assertThat(bench.functions().calls("f")).hasSize(1);
        assertThatThrownBy(() -> bench.service().sendTaskSuccess(token, "{}"))
                .isInstanceOfSatisfying(
                        StepFunctionsException.class,
                        refusal -> assertThat(refusal.code().awsName()).isEqualTo("TaskTimedOut"));
    }

    @Test
    void aHeartbeatThatCameBeforeStillCounts() throws IOException {
        Bench bench = started("token-heartbeat-missing");
        bench.time().runUntil(VirtualTime.START.plusSeconds(8));
        bench.service()
                .sendTaskHeartbeat(new TaskToken(
                        bench.functions().calls("f").getFirst().get("token").textValue()));
        restart(bench, Duration.ofSeconds(12));
        bench.time().run();
        assertThat(took(bench)).isEqualTo(Duration.ofSeconds(18));
    }

    @Test
    void aTaskInFlightFailsWithTheNameHandedIn() throws IOException {
        Bench bench = started("task-timeout");
        restart(bench, Duration.ofSeconds(10));
        bench.time().run();
        assertThat(bench.describe().item().status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(bench.describe().error()).contains("Lambda.Unknown");
        assertThat(bench.history().stream().map(HistoryEvent::type)).contains("TaskFailed");
    }

    @Test
    void theTimeOfTheWholeExecutionGoesOn() throws IOException {
        JsonNode test = test("execution-timeout").deepCopy();
        retryUnknown(test.at("/document/States/A"));
        Bench bench = new Bench(store, test);
        bench.open();
        bench.start();
        restart(bench, Duration.ofSeconds(50));
        bench.time().run();
        assertThat(bench.describe().item().status()).isEqualTo(ExecutionStatus.TIMED_OUT);
        assertThat(took(bench)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aRetryComesWhenItWasDue() throws IOException {
        Bench bench = started("retry-backoff");
        restart(bench, Duration.ofSeconds(5));
        bench.time().run();
        assertThat(took(bench)).isEqualTo(Duration.ofSeconds(7));
        assertThat(bench.functions().calls("f")).hasSize(4);
    }

    @Test
    void aMapDoesOnlyTheItemsThatWereNotDone() throws IOException {
        JsonNode test = test("map-max-concurrency-computed").deepCopy();
        retryUnknown(test.at("/document/States/A/ItemProcessor/States/W"));
        Bench bench = new Bench(store, test);
        bench.open();
        bench.start();
        restart(bench, Duration.ofSeconds(15));
        bench.time().run();
        assertThat(bench.describe().output()).contains("[1,2,3]");
        // The second item was in flight and is done again; the first is not.
        assertThat(bench.functions().calls("f")).extracting(JsonNode::intValue).containsExactly(1, 2, 2, 3);
    }

    private static void retryUnknown(JsonNode state) {
        ((ObjectNode) state)
                .putArray("Retry")
                .addObject()
                .put("IntervalSeconds", 1)
                .putArray("ErrorEquals")
                .add("Lambda.Unknown");
    }

    @Test
    void nothingOfAFinishedExecutionIsWorkedOnAgain() throws IOException {
        Bench bench = started("distributed");
        bench.time().run();
        List<HistoryEvent> before = bench.history();
        restart(bench, Duration.ofSeconds(100));
        bench.time().run();
        assertThat(bench.history()).isEqualTo(before);
        assertThat(store.list("active")).isEmpty();
    }

    @Test
    void anAbortedMapRunIsClosedAfterARestart() throws IOException {
        Bench bench = started("distributed-stop");
        bench.time().runUntil(VirtualTime.START.plusSeconds(5));
        bench.service().stopExecution(bench.execution(), Optional.empty(), Optional.empty());
        bench.time().die();
        bench.open();
        bench.time().run();
        var run = bench.service()
                .listMapRuns(bench.execution(), ListRequest.first())
                .items()
                .getFirst();
        assertThat(bench.service().describeMapRun(run.arn()).status().name()).isEqualTo("ABORTED");
        assertThat(bench.service()
                        .listExecutions(run.arn(), Optional.of(ExecutionStatus.RUNNING), ListRequest.first())
                        .items())
                .isEmpty();
        assertThat(store.list("active")).isEmpty();
    }

    /** From the first moment on: nobody who asks right after the start is told that it runs. */
    @ParameterizedTest
    @ValueSource(strings = {"task-timeout", "wait-seconds", "retry-backoff", "token-success", "distributed-stop"})
    void whatIsNotToGoOnIsAbortedBeforeTheServiceAnswers(String name) throws IOException {
        Bench bench = started(name);
        bench.time().runUntil(VirtualTime.START.plusSeconds(5));
        assertThat(bench.describe().item().status()).isEqualTo(ExecutionStatus.RUNNING);
        int calls = bench.functions().calls("f").size();
        bench.time().die();
        bench.open(store, new Unfinished.IsAborted("Ended", "The process died."));
        assertThat(bench.describe().item().status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(bench.describe().error()).contains("Ended");
        assertThat(bench.describe().cause()).contains("The process died.");
        bench.time().run();
        assertThat(bench.functions().calls("f")).hasSize(calls);
        assertThat(bench.history().getLast().type()).isEqualTo("ExecutionAborted");
        assertThat(runningChildren(bench)).isEmpty();
        assertThat(store.list("active")).isEmpty();
    }

    private static List<ExecutionItem> runningChildren(Bench bench) {
        return bench.service().listMapRuns(bench.execution(), ListRequest.first()).items().stream()
                .flatMap(run -> bench
                        .service()
                        .listExecutions(run.arn(), Optional.of(ExecutionStatus.RUNNING), ListRequest.first())
                        .items()
                        .stream())
                .toList();
    }
}
