package dev.rekey.interpreter.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.rekey.interpreter.api.ExecutionArn;
import dev.rekey.interpreter.api.ExecutionStatus;
import dev.rekey.interpreter.api.StateMachineType;
import dev.rekey.interpreter.api.StepFunctions;
import dev.rekey.interpreter.definition.Json;
import dev.rekey.interpreter.ports.FileStore;
import dev.rekey.interpreter.ports.MemoryStore;
import dev.rekey.interpreter.ports.ObjectStore;
import dev.rekey.interpreter.ports.Ports;
import dev.rekey.interpreter.ports.Store;
import dev.rekey.interpreter.ports.SystemTimers;
import dev.rekey.interpreter.ports.TaskIntegrations;
import dev.rekey.interpreter.ports.TaskOutcome;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many threads and real files: children side by side, all counted once. */
class ThreadsTest {
    private static final int CHILDREN = 200;
    private static final String DOCUMENT = """
        {"QueryLanguage":"JSONata","StartAt":"M","States":{
          "M":{"Type":"Map","Label":"L","Items":"{% [1..200] %}","MaxConcurrency":20,
            "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"W",
              "States":{"W":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                "Arguments":{"FunctionName":"f","Payload":"{% $states.input %}"},
                "Output":"{% $states.result.Payload %}","End":true}}},
            "Output":"{% $sum($states.result) %}","Next":"Last"},
          "Last":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
            "Arguments":{"FunctionName":"last","Payload":"{% $states.input %}"},
            "Output":"{% $states.result.Payload %}","End":true}}}\
        """;

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void childrenRunSideBySide() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch last = new CountDownLatch(1);
        TaskIntegrations tasks = TaskIntegrations.lambda((function, payload) -> {
            calls.incrementAndGet();
            if (function.equals("last")) {
                last.countDown();
            }
            return CompletableFuture.completedFuture(TaskOutcome.succeeded(payload));
        });
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
                SystemTimers timers = new SystemTimers(
                        InstantSource.system(),
                        executor,
                        Thread.ofPlatform().daemon().factory());
                FileStore store = new FileStore(folder);
                StepFunctions service = LocalStepFunctions.open(
                        Bench.SETTINGS,
                        new Ports(store, tasks, ObjectStore.none(), timers, new SplittableRandom(1), executor))) {
            var machine = service.createStateMachine("m", DOCUMENT, Bench.ROLE, StateMachineType.STANDARD);
            ExecutionArn arn = service.startExecution(machine.arn(), Optional.of("e"), Optional.empty())
                    .arn();
            last.await();
            while (service.describeExecution(arn).item().status() == ExecutionStatus.RUNNING) {
                Thread.onSpinWait();
            }
            JsonNode output =
                    Json.trusted(service.describeExecution(arn).output().orElseThrow());
            assertThat(output.intValue()).isEqualTo(CHILDREN * (CHILDREN + 1) / 2);
            assertThat(calls.get()).isEqualTo(CHILDREN + 1);
        }
    }

    /** What ends at that moment ends again, or is aborted, when the store is opened the next time. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void nothingIsWrittenOnceTheServiceIsClosed() throws InterruptedException {
        for (int i = 0; i < ROUNDS; i++) {
            var store = new ClosedStore();
            var begun = new CountDownLatch(BRANCHES);
            var answers = new CompletableFuture<TaskOutcome>();
            var tasks = TaskIntegrations.lambda((_, _) -> {
                begun.countDown();
                return answers;
            });
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
                    SystemTimers timers = new SystemTimers(
                            InstantSource.system(),
                            executor,
                            Thread.ofPlatform().daemon().factory())) {
                var service = LocalStepFunctions.open(
                        Bench.SETTINGS,
                        new Ports(store, tasks, ObjectStore.none(), timers, new SplittableRandom(1), executor));
                var machine = service.createStateMachine("m", SIDE_BY_SIDE, Bench.ROLE, StateMachineType.STANDARD);
                var _ = service.startExecution(machine.arn(), Optional.of("e"), Optional.empty());
                begun.await();
                executor.execute(() -> answers.complete(TaskOutcome.succeeded(NullNode.getInstance())));
                service.close();
                store.closed = true;
            }
            assertThat(store.late).isEmpty();
        }
    }

    private static final int ROUNDS = 200;
    private static final int BRANCHES = 20;
    private static final String SIDE_BY_SIDE = """
        {"QueryLanguage":"JSONata","StartAt":"M","States":{
          "M":{"Type":"Map","Items":"{% [1..20] %}","ItemProcessor":{"StartAt":"W",
              "States":{"W":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                "Arguments":{"FunctionName":"f","Payload":"{% $states.input %}"},"End":true}}},
            "End":true}}}\
        """;

    /** Remembers what was appended after it was closed. */
    private static final class ClosedStore implements Store {
        private final Store store = new MemoryStore();
        private final Queue<String> late = new ConcurrentLinkedQueue<>();
        private volatile boolean closed;

        @Override
        public void append(String journal, List<String> lines) {
            if (closed) {
                late.add(journal);
            }
            store.append(journal, lines);
        }

        @Override
        public List<String> lines(String journal) {
            return store.lines(journal);
        }

        @Override
        public void put(String document, String content) {
            store.put(document, content);
        }

        @Override
        public Optional<String> get(String document) {
            return store.get(document);
        }

        @Override
        public boolean exists(String name) {
            return store.exists(name);
        }

        @Override
        public void delete(String name) {
            store.delete(name);
        }

        @Override
        public List<String> list(String folder) {
            return store.list(folder);
        }

        @Override
        public void close() {}
    }
}
