package dev.rekey.interpreter.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.interpreter.api.ExecutionDescription;
import dev.rekey.interpreter.api.HistoryEvent;
import dev.rekey.interpreter.definition.Json;
import dev.rekey.interpreter.definition.Severity;
import dev.rekey.interpreter.ports.MemoryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs every file of {@code cases}: a document with its input, the behaviour of its functions, and what must come. */
class CaseGoldenTest {
    private static final Path CASES = Path.of("src/test/resources/cases");
    private static final int FEWEST = 60;

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        return files().stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), file.toUri(), () -> check(file)));
    }

    @Test
    void manyCasesAreThere() throws IOException {
        assertThat(files()).hasSizeGreaterThanOrEqualTo(FEWEST);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> entries = Files.list(CASES)) {
            return entries.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private static void check(Path file) throws IOException {
        JsonNode test = Json.parse(Files.readAllBytes(file));
        JsonNode expected = test.get("expect");
        if (expected.has("diagnostics")) {
            checkDiagnostics(test, expected.get("diagnostics"));
            return;
        }
        Bench bench = new Bench(new MemoryStore(), test);
        bench.open();
        bench.start();
        bench.play(test.path("then"));
        bench.time().run();
        ExecutionDescription described = bench.describe();
        assertThat(described.item().status().name())
                .as(described.toString())
                .isEqualTo(expected.get("status").textValue());
        if (expected.has("output")) {
            assertThat(Json.parse(described.output().orElseThrow())).isEqualTo(expected.get("output"));
        }
        if (expected.has("error")) {
            assertThat(described.error()).contains(expected.get("error").textValue());
        }
        if (expected.has("cause")) {
            assertThat(described.cause().orElse(""))
                    .contains(expected.get("cause").textValue());
        }
        if (expected.has("seconds")) {
            Duration took = Duration.between(
                    described.item().startDate(), described.item().stopDate().orElseThrow());
            assertThat(took.toMillis())
                    .isEqualTo(Math.round(expected.get("seconds").doubleValue() * 1_000));
        }
        checkHistory(bench, expected);
        checkEffects(bench, expected);
    }

    private static void checkHistory(Bench bench, JsonNode expected) {
        List<HistoryEvent> history = bench.history();
        for (int index = 0; index < history.size(); index++) {
            assertThat(history.get(index).id()).isEqualTo(index + 1);
            assertThat(history.get(index).previousEventId())
                    .isLessThan(history.get(index).id());
        }
        if (expected.has("states")) {
            List<String> states = history.stream()
                    .filter(event -> event.type().endsWith("StateEntered"))
                    .map(event ->
                            event.details().orElseThrow().value().get("name").textValue())
                    .toList();
            assertThat(states).isEqualTo(texts(expected.get("states")));
        }
        if (expected.has("events")) {
            assertThat(history.stream().map(HistoryEvent::type).toList()).isEqualTo(texts(expected.get("events")));
        }
        if (expected.has("contains")) {
            assertThat(history.stream().map(HistoryEvent::type)).containsAll(texts(expected.get("contains")));
        }
    }

    private static void checkEffects(Bench bench, JsonNode expected) {
        expected.path("calls")
                .properties()
                .forEach(function -> assertThat(bench.functions().calls(function.getKey()))
                        .as(function.getKey())
                        .hasSize(function.getValue().intValue()));
        expected.path("written").properties().forEach(object -> {
            String content = bench.objects().all().entrySet().stream()
                    .filter(entry -> entry.getKey().matches(object.getKey()))
                    .map(entry -> new String(entry.getValue(), StandardCharsets.UTF_8))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(
                            object.getKey() + " among " + bench.objects().all().keySet()));
            assertThat(content).contains(object.getValue().textValue());
        });
    }

    private static void checkDiagnostics(JsonNode test, JsonNode expected) {
        Bench bench = new Bench(new MemoryStore(), test);
        bench.open();
        String document = test.has("text") ? test.get("text").textValue() : Json.text(test.get("document"));
        List<String> found = bench.service().validateStateMachineDefinition(document).diagnostics().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map(finding -> finding.code() + " " + finding.location())
                .sorted()
                .toList();
        List<String> wanted = new ArrayList<>(texts(expected));
        assertThat(found).isEqualTo(wanted.stream().sorted().toList());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.textValue()));
        return texts;
    }
}
