package dev.rekey.interpreter.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.interpreter.api.ExecutionArn;
import dev.rekey.interpreter.api.ExecutionItem;
import dev.rekey.interpreter.api.ExecutionStatus;
import dev.rekey.interpreter.api.HistoryEvent;
import dev.rekey.interpreter.api.HistoryOrder;
import dev.rekey.interpreter.api.ListRequest;
import dev.rekey.interpreter.api.MapRunArn;
import dev.rekey.interpreter.api.MapRunDescription;
import dev.rekey.interpreter.api.MapRunStatus;
import dev.rekey.interpreter.api.StateMachineArn;
import dev.rekey.interpreter.api.StateMachineDescription;
import dev.rekey.interpreter.api.StateMachineType;
import dev.rekey.interpreter.api.StepFunctions;
import dev.rekey.interpreter.api.StepFunctionsException;
import dev.rekey.interpreter.api.StepFunctionsException.Code;
import dev.rekey.interpreter.definition.Json;
import dev.rekey.interpreter.ports.MemoryStore;
import dev.rekey.interpreter.ports.TaskToken;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StepFunctionsTest {
    private static final String PASS = """
        {"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}\
        """;
    private static final String WAIT = """
        {"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Wait","Seconds":60,"End":true}}}\
        """;
    private static final String MAP = """
        {"QueryLanguage":"JSONata","StartAt":"M","States":{"M":{"Type":"Map","Label":"L","Items":[1,2,3],
         "MaxConcurrency":1,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
         "StartAt":"C","States":{"C":{"Type":"Choice","Choices":[{"Condition":"{% $states.input = 2 %}","Next":"F"}],
         "Default":"S"},"F":{"Type":"Fail","Error":"Two"},"S":{"Type":"Succeed"}}},"End":true}}}\
        """;
    private static final ListRequest FIRST = ListRequest.first();
    private static final Optional<String> NONE = Optional.empty();

    private final Bench bench = new Bench(new MemoryStore(), Json.object());
    private StepFunctions service;

    @BeforeEach
    void open() {
        bench.open();
        service = bench.service();
    }

    private StateMachineArn create(String name, String definition) {
        return service.createStateMachine(name, definition, Bench.ROLE, StateMachineType.STANDARD)
                .arn();
    }

    private ExecutionArn start(StateMachineArn machine, String name, String input) {
        return service.startExecution(machine, Optional.of(name), Optional.of(input))
                .arn();
    }

    private static void refused(Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StepFunctionsException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    @Test
    void theSameStateMachineMayBeCreatedAgainAndNoOther() {
        StateMachineArn arn = create("m", PASS);
        assertThat(arn.value()).isEqualTo("arn:aws:states:us-east-1:123456789012:stateMachine:m");
        assertThat(create("m", PASS)).isEqualTo(arn);
        refused(Code.STATE_MACHINE_ALREADY_EXISTS, () -> create("m", WAIT));
        refused(Code.INVALID_NAME, () -> create("a b", PASS));
        refused(Code.INVALID_NAME, () -> create("x".repeat(81), PASS));
        refused(Code.INVALID_DEFINITION, () -> create("n", "{}"));
        assertThat(service.listStateMachines(FIRST).items()).hasSize(1);
    }

    @Test
    void anUpdateIsForNewExecutionsOnly() {
        StateMachineArn arn = create("m", WAIT);
        ExecutionArn old = start(arn, "old", "{}");
        bench.time().runUntil(VirtualTime.START.plusSeconds(5));
        StateMachineDescription updated = service.updateStateMachine(arn, Optional.of(PASS), NONE);
        ExecutionArn young = start(arn, "young", "{}");
        bench.time().runUntil(VirtualTime.START.plusSeconds(6));
        assertThat(status(young)).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(status(old)).isEqualTo(ExecutionStatus.RUNNING);
        bench.time().run();
        assertThat(status(old)).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(service.describeStateMachine(arn).revisionId()).isEqualTo(updated.revisionId());
        assertThat(service.describeStateMachineForExecution(old).definition()).isEqualTo(WAIT);
    }

    private ExecutionStatus status(ExecutionArn arn) {
        return service.describeExecution(arn).item().status();
    }

    @Test
    void aDeletedStateMachineIsGoneButItsExecutionsRunOn() {
        StateMachineArn arn = create("m", WAIT);
        ExecutionArn execution = start(arn, "e", "{}");
        service.deleteStateMachine(arn);
        refused(Code.STATE_MACHINE_DOES_NOT_EXIST, () -> service.describeStateMachine(arn));
        refused(Code.STATE_MACHINE_DOES_NOT_EXIST, () -> start(arn, "f", "{}"));
        bench.time().run();
        assertThat(status(execution)).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void aNameStartsOneExecution() {
        StateMachineArn arn = create("m", WAIT);
        ExecutionArn first = start(arn, "e", "{\"a\":1}");
        assertThat(start(arn, "e", "{ \"a\": 1 }")).isEqualTo(first);
        refused(Code.EXECUTION_ALREADY_EXISTS, () -> start(arn, "e", "{\"a\":2}"));
        bench.time().run();
        refused(Code.EXECUTION_ALREADY_EXISTS, () -> start(arn, "e", "{\"a\":1}"));
        refused(Code.INVALID_NAME, () -> start(arn, "a/b", "{}"));
        refused(Code.INVALID_EXECUTION_INPUT, () -> start(arn, "g", "{ nonsense"));
        refused(Code.INVALID_EXECUTION_INPUT, () -> start(arn, "g", "\"" + "x".repeat(262_144) + "\""));
        assertThat(service.startExecution(arn, NONE, NONE).arn().value()).matches(".*:execution:m:[0-9a-f-]{36}");
    }

    @Test
    void executionsAreListedNewestFirstByStatusAndPage() {
        StateMachineArn wait = create("m", WAIT);
        for (int index = 0; index < 5; index++) {
            start(wait, "e" + index, "{}");
        }
        bench.time().runUntil(VirtualTime.START.plusSeconds(1));
        service.stopExecution(start(wait, "stopped", "{}"), Optional.of("E"), Optional.of("c"));
        assertThat(names(service.listExecutions(wait, Optional.of(ExecutionStatus.ABORTED), FIRST)
                        .items()))
                .containsExactly("stopped");
        var page = service.listExecutions(wait, Optional.empty(), new ListRequest(4, NONE));
        assertThat(names(page.items())).containsExactly("stopped", "e4", "e3", "e2");
        var rest = service.listExecutions(wait, Optional.empty(), new ListRequest(4, page.nextToken()));
        assertThat(names(rest.items())).containsExactly("e1", "e0");
        assertThat(rest.nextToken()).isEmpty();
        refused(
                Code.INVALID_TOKEN,
                () -> service.listExecutions(wait, Optional.empty(), new ListRequest(4, Optional.of("x"))));
    }

    private static List<String> names(List<ExecutionItem> items) {
        return items.stream().map(ExecutionItem::name).toList();
    }

    @Test
    void historyIsPagedInBothDirections() {
        ExecutionArn arn = start(create("m", PASS), "e", "{\"a\":1}");
        bench.time().run();
        var first = service.getExecutionHistory(arn, HistoryOrder.OLDEST_FIRST, new ListRequest(3, NONE));
        assertThat(first.items()).extracting(HistoryEvent::id).containsExactly(1L, 2L, 3L);
        HistoryEvent entered = first.items().get(1);
        assertThat(entered.previousEventId()).isEqualTo(1);
        assertThat(entered.timestamp()).isEqualTo(VirtualTime.START);
        assertThat(entered.details().orElseThrow().member()).isEqualTo("stateEnteredEventDetails");
        assertThat(entered.details().orElseThrow().value())
                .isEqualTo(Json.trusted(
                        "{\"name\":\"A\",\"input\":\"{\\\"a\\\":1}\",\"inputDetails\":{\"truncated\":false}}"));
        var newest = service.getExecutionHistory(arn, HistoryOrder.NEWEST_FIRST, new ListRequest(1, NONE));
        assertThat(newest.items().getFirst().type()).isEqualTo("ExecutionSucceeded");
        refused(
                Code.EXECUTION_DOES_NOT_EXIST,
                () -> service.getExecutionHistory(
                        new ExecutionArn(arn.value() + "x"), HistoryOrder.OLDEST_FIRST, FIRST));
    }

    @Test
    void mapRunsTellOfTheirChildren() {
        ExecutionArn arn = start(create("m", MAP), "e", "{}");
        bench.time().run();
        MapRunArn run = service.listMapRuns(arn, FIRST).items().getFirst().arn();
        assertThat(run.value()).matches("arn:aws:states:us-east-1:123456789012:mapRun:m/L:[0-9a-f-]{36}");
        MapRunDescription description = service.describeMapRun(run);
        assertThat(description.status()).isEqualTo(MapRunStatus.FAILED);
        assertThat(description.maxConcurrency()).isEqualTo(1);
        assertThat(description.itemCounts().succeeded()).isEqualTo(1);
        assertThat(description.itemCounts().failed()).isEqualTo(1);
        assertThat(description.itemCounts().pending()).isEqualTo(1);
        assertThat(description.executionCounts().total()).isEqualTo(3);
        List<ExecutionItem> children =
                service.listExecutions(run, Optional.empty(), FIRST).items();
        assertThat(children)
                .extracting(ExecutionItem::status)
                .containsExactly(ExecutionStatus.FAILED, ExecutionStatus.SUCCEEDED);
        ExecutionItem child = children.getFirst();
        assertThat(child.arn().value()).contains(":execution:m/L:");
        assertThat(child.mapRunArn()).contains(run);
        assertThat(child.itemCount()).hasValue(1);
        assertThat(service.describeExecution(child.arn()).error()).contains("Two");
        refused(Code.EXECUTION_NOT_REDRIVABLE, () -> service.redriveExecution(child.arn()));
        refused(Code.RESOURCE_NOT_FOUND, () -> service.describeMapRun(new MapRunArn(run.value() + "x")));
    }

    @Test
    void whatEndedWellOrRunsIsNotRedriven() {
        ExecutionArn running = start(create("w", WAIT), "e", "{}");
        refused(Code.EXECUTION_NOT_REDRIVABLE, () -> service.redriveExecution(running));
        bench.time().run();
        refused(Code.EXECUTION_NOT_REDRIVABLE, () -> service.redriveExecution(running));
        assertThat(service.describeExecution(running).redriveStatus()).isEqualTo("NOT_REDRIVABLE");
    }

    @Test
    void tokensThatAnswerNothingAreRefused() {
        refused(Code.INVALID_TOKEN, () -> service.sendTaskSuccess(new TaskToken("no token"), "{}"));
        refused(Code.INVALID_OUTPUT, () -> service.sendTaskSuccess(new TaskToken("any"), "{ nonsense"));
        refused(Code.INVALID_TOKEN, () -> service.sendTaskHeartbeat(new TaskToken("")));
    }

    @Test
    void namesOfOtherThingsAreRefused() {
        refused(Code.INVALID_ARN, () -> service.describeStateMachine(new StateMachineArn("nonsense")));
        refused(Code.INVALID_ARN, () -> service.describeExecution(new ExecutionArn("arn:aws:states:eu:1:execution:a")));
        refused(Code.VALIDATION, () -> service.listStateMachines(new ListRequest(1_001, NONE)));
    }

    @Test
    void anyAllowedNameCanBeStored() {
        String name = "Ünïcode.=(name)'-_ä";
        ExecutionArn arn = start(create(name, PASS), "..", "{}");
        bench.time().run();
        assertThat(status(arn)).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(service.listStateMachines(FIRST).items().getFirst().name()).isEqualTo(name);
    }
}
