package dev.rekey.interpreter.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.interpreter.api.ExecutionArn;
import dev.rekey.interpreter.api.ExecutionDescription;
import dev.rekey.interpreter.api.ExecutionStatus;
import dev.rekey.interpreter.definition.Json;
import dev.rekey.interpreter.ports.FileStore;
import dev.rekey.interpreter.ports.MemoryStore;
import dev.rekey.interpreter.ports.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the process at every change of the store, opens it again, and asks for the same end. */
class CrashSweepTest {
    private static final ExecutionArn RUN =
            new ExecutionArn("arn:aws:states:us-east-1:123456789012:execution:machine:run");
    private static final List<String> FUNCTIONS =
            List.of("first", "shaky", "a", "b", "left", "x", "y", "z", "last", "report");
    private static final long FAR = 1_000_000;

    @TempDir
    private Path folder;

    private static JsonNode everything() throws IOException {
        return Json.parse(Files.readAllBytes(Path.of("src/test/resources/crash/everything.json")));
    }

    @Test
    void itEndsTheSameWhereverTheProcessDies() throws IOException {
        FinalState whole = sweep(new MemoryStore(), FAR, journal -> {});
        assertThat(whole.description().item().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(whole.changes()).isGreaterThan(60);
        for (long changes = 0; changes < whole.changes(); changes++) {
            check(sweep(new MemoryStore(), changes, journal -> {}), whole, "after change " + changes);
        }
    }

    @Test
    void aLineCutShortIsNoHarm() throws IOException {
        FinalState whole = sweep(new MemoryStore(), FAR, journal -> {});
        for (long changes = 0; changes < whole.changes(); changes++) {
            Path root = Files.createDirectory(folder.resolve("run-" + changes));
            FileStore files = new FileStore(root);
            check(sweep(files, changes, journal -> cut(root, journal)), whole, "cut in change " + changes);
            files.close();
        }
    }

    private static void cut(Path root, String journal) {
        if (journal.isEmpty()) {
            return;
        }
        try {
            Path file = root.resolve(journal);
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file, "{\"id\":7,\"p\":6,\"t\":\"Ta", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a run ended that died once. {@code completed}: how often a task had been called that was done by then. */
    private record FinalState(
            ExecutionDescription description,
            long changes,
            Map<String, Integer> completed,
            Map<String, Integer> calls) {}

    private static void check(FinalState outcome, FinalState whole, String when) throws IOException {
        ExecutionDescription description = outcome.description();
        assertThat(description.item().status())
                .as(when + ": " + description.error() + " " + description.cause())
                .isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(Json.parse(description.output().orElseThrow()))
                .as(when)
                .isEqualTo(Json.parse(whole.description().output().orElseThrow()));
        outcome.completed()
                .forEach((function, calls) -> assertThat(outcome.calls().get(function))
                        .as(when + ": calls of " + function + ", which was done")
                        .isEqualTo(calls));
    }

    private static FinalState sweep(Store store, long changes, java.util.function.Consumer<String> lastBreath)
            throws IOException {
        Bench bench = new Bench(store, everything());
        bench.open();
        bench.createMachine();
        bench.service().close();
        DyingStore dying = new DyingStore(store, changes, lastBreath);
        Map<String, Integer> completed = new HashMap<>();
        try {
            bench.open(dying);
            bench.startRun();
            bench.time().run();
        } catch (DyingStore.Died expected) {
            bench.time().die();
            // A file store holds its journals open; the next process would not.
            store.close();
            FUNCTIONS.stream()
                    .filter(function -> dying.appended().stream()
                            .anyMatch(line -> line.contains("\"t\":\"TaskSucceeded\"")
                                    && line.contains("\\\"done\\\":\\\"" + function + "\\\"")))
                    .forEach(function -> completed.put(
                            function, bench.functions().calls(function).size()));
            bench.open(store);
            bench.startRun();
            bench.time().run();
        }
        bench.execution(RUN);
        Map<String, Integer> calls = new HashMap<>();
        FUNCTIONS.forEach(function ->
                calls.put(function, bench.functions().calls(function).size()));
        return new FinalState(bench.describe(), dying.changes(), completed, calls);
    }
}
