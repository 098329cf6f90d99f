package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.examples.ExampleRecord;
import dev.rekey.examples.ExampleTable;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** A whole migration through HTTP alone, and the same through the forms of the pages, on a stack of this machine. */
class ConsoleLifecycleTest {
    private final Path directory;

    ConsoleLifecycleTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private static String plan(String name) {
        return """
            plan: %1$s
            source: { tables: "%1$s-{table}-a" }
            target: { tables: "%1$s-{table}-b" }
            identity: { rule: derive, namespace: n }
            tables: { Contacts: {} }
            """.formatted(name);
    }

    /** Starts a console for a stack with 300 contacts. */
    private void with(String name, BiConsumer<Browser, Shell> test) {
        var stack = SharedStack.foundIn(directory);
        var id = new ExampleTable.Attribute("id", ScalarAttributeType.S);
        var tables = List.of(ExampleTable.of("Contacts", id));
        stack.loader().create(tables, table -> name + "-" + table + "-a");
        stack.loader().create(tables, table -> name + "-" + table + "-b");
        Stream<ExampleRecord> contacts = IntStream.range(0, 300)
                .mapToObj(i -> new ExampleRecord("Contacts", Map.of("id", AttributeValue.fromS("c" + i))));
        stack.loader().load(contacts, table -> name + "-" + table + "-a");
        var shell = ProcessStack.shell(directory);
        try (var deployment = stack.deployment();
                var server = ConsoleServer.start(shell.environment(), deployment, "here", " --local", 0);
                var browser = new Browser(server.address())) {
            test.accept(browser, shell);
        }
    }

    private static String run(HttpResponse<String> started) {
        assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
        var run = Browser.read(started).at("/run").asText();
        assertThat(started.headers().firstValue("Location")).contains("/api/runs/" + run);
        return run;
    }

    private static Predicate<JsonNode> can(String action) {
        return standing -> standing.at("/actions")
                .valueStream()
                .anyMatch(one -> one.asText().equals(action));
    }

    private static ObjectNode body(String action, String plan) {
        return new ObjectMapper().createObjectNode().put("action", action).put("plan", plan);
    }

    @Test
    void aMigrationIsStartedPausedLimitedStoppedResumedVerifiedAndRolledBack() {
        with("api", (browser, shell) -> {
            var migrate = body("migrate", plan("api") + "limits: { writeUnitsPerSecond: 20 }\n")
                    .put("confirm", "api");
            var run = run(browser.post("/api/runs", migrate.toString()));
            var at = "/api/runs/" + run;
            browser.await(
                    "/api/runs?plan=api",
                    all -> all.at("/runs/0/phase").asText().equals("migrating"));

            var paused = browser.post(at + "/pause", "");
            assertThat(paused.statusCode()).as(paused.body()).isEqualTo(200);
            assertThat(browser.json(at).at("/paused"))
                    .isEqualTo(Browser.read(paused).at("/paused"));
            var limited = Browser.read(browser.post(at + "/limit", "{\"write\":10}"));
            assertThat(limited.at("/limits/writeUnitsPerSecond").asInt()).isEqualTo(10);
            assertThat(browser.post(at + "/unpause", "{}").statusCode()).isEqualTo(200);
            var working = browser.await(at, can("pause"));
            assertThat(working.at("/limits/writeUnitsPerSecond").asInt()).isEqualTo(10);
            assertThat(working.at("/tables/0/table").asText()).isEqualTo("Contacts");
            assertThat(working.at("/tables/0/expected").asInt()).isEqualTo(300);

            assertThat(run(browser.post(at + "/stop", ""))).isEqualTo(run);
            browser.await(at, can("resume"));
            assertThat(browser.post(at + "/limit", "{\"none\":true}").statusCode())
                    .isEqualTo(200);
            run(browser.post(at + "/resume", ""));
            var migrated = browser.await(at, can("verify"));
            assertThat(migrated.at("/phase").asText()).isEqualTo("migrated");
            assertThat(migrated.at("/verification/matched").asInt()).isEqualTo(300);
            theSameAsTheCommandLine(browser, shell, run);

            run(browser.post(at + "/verify", ""));
            browser.await(
                    at,
                    standing -> can("verify").test(standing)
                            && standing.at("/outcome").asText().equals("verified"));
            var question = browser.json(at).at("/questions/rollback");
            assertThat(question.at("/tables/0").asText()).isEqualTo("api-Contacts-b: 300 records to delete");
            var unconfirmed = browser.post(at + "/rollback", "{\"confirm\":\"other\"}");
            assertThat(unconfirmed.statusCode()).isEqualTo(422);
            run(browser.post(
                    at + "/rollback",
                    "{\"confirm\":\"" + question.at("/confirm").asText() + "\"}"));
            browser.await(
                    at,
                    standing -> standing.at("/phase").asText().equals("rolledBack")
                            && !standing.at("/report").isMissingNode());
            theSameAsTheCommandLine(browser, shell, run);
            assertThat(browser.json(at + "/report").at("/outcome").asText()).isEqualTo("rolledBack");
            assertThat(browser.get(at + "/report.html").body())
                    .startsWith("<!doctype html>")
                    .contains("Rolled back");
            theLateAreToldWhatHappened(browser, at);
        });
    }

    /** Field by field; a console says more of a run, and has no other place in its commands. */
    private static void theSameAsTheCommandLine(Browser browser, Shell shell, String run) {
        assertThat(shell.run("status", "--run", run, "--local", "--json")).isZero();
        var api = (ObjectNode) browser.json("/api/runs/" + run);
        api.remove(List.of("actions", "questions", "tables"));
        assertThat(api).isEqualTo(shell.json());
        assertThat(shell.run("ledger", "--run", run, "--local", "--json")).isZero();
        assertThat(browser.json("/api/runs/" + run + "/log")).isEqualTo(shell.json());
        assertThat(shell.run("runs", "--local", "--json")).isZero();
        var ofCommand = shell.json()
                .at("/runs")
                .valueStream()
                .filter(one -> one.at("/run").asText().equals(run))
                .toList();
        assertThat(browser.json("/api/runs?plan=api").at("/runs").valueStream().toList())
                .containsExactlyElementsOf(ofCommand);
    }

    private static void theLateAreToldWhatHappened(Browser browser, String at) {
        for (var action : List.of("pause", "unpause", "limit")) {
            var late = browser.post(at + "/" + action, action.equals("limit") ? "{\"write\":5}" : "");
            assertThat(late.statusCode()).as(late.body()).isEqualTo(409);
            assertThat(Browser.read(late).at("/detail").asText())
                    .contains("it has ended and is rolledBack. Nothing was changed.");
        }
    }

    @Test
    void thePagesLeadThroughAMigrationWithoutScripts() {
        with("pages", (browser, _) -> {
            var text = URLEncoder.encode(plan("pages"), StandardCharsets.UTF_8);
            assertThat(browser.submit("/runs/new", "do=check&plan=" + text).body())
                    .contains("The plan has no problem.");
            assertThat(browser.submit("/runs/new", "do=analyze&plan=plan%3A").body())
                    .contains("The plan cannot be used.");
            var analysis = page(browser.submit("/runs/new", "do=analyze&plan=" + text));
            browser.await("/api" + analysis, found -> !found.at("/report").isMissingNode());
            var ready = browser.get(analysis).body();
            assertThat(ready)
                    .contains(
                            "Migrate this plan",
                            "Type the plan's name, pages",
                            "a migration takes, about",
                            "pages-Contacts-a -&gt; pages-Contacts-b: 300 records");

            var wrong = browser.submit(analysis + "/migrate", "confirm=page");
            assertThat(wrong.statusCode()).isEqualTo(422);
            assertThat(wrong.body()).contains("The plan&#39;s name is missing or wrong", "Nothing was started.");
            var migration = page(browser.submit(analysis + "/migrate", "confirm=pages"));
            browser.await("/api" + migration, can("rollback"));
            var migrated = browser.get(migration).body();
            assertThat(migrated)
                    .contains("pages-Contacts-b: 300 records to delete", "300 records")
                    .doesNotContain("Migrate this plan");
            assertThat(browser.submit(migration + "/migrate", "confirm=pages").statusCode())
                    .isEqualTo(409);
            assertThat(browser.get(migration + "/report").body()).startsWith("<!doctype html>");
            assertThat(browser.get(migration + "/report")
                            .headers()
                            .firstValue("Content-Security-Policy")
                            .orElseThrow())
                    .startsWith("sandbox allow-scripts;");
            assertThat(browser.get("/runs?plan=pages").body()).contains(migration, analysis);
            assertThat(browser.get("/runs?plan=other").body()).doesNotContain(migration);

            assertThat(page(browser.submit(migration + "/rollback", "confirm=pages")))
                    .isEqualTo(migration);
            browser.await(
                    "/api" + migration, found -> found.at("/phase").asText().equals("rolledBack"));
            assertThat(browser.get(migration).body()).contains("rolledBack");
        });
    }

    @Test
    void theListsOfARunComeInPages() {
        with("lists", (browser, shell) -> {
            var plan = plan("lists").replace("{ Contacts: {} }", "{ Contacts: { references: { ownerId: Contacts } } }");
            put("lists", 3, i -> "lost" + i);
            var body = body("analyze", plan).put("changes", true).put("showValues", true);
            var analysis = "/api/runs/" + run(browser.post("/api/runs", body.toString()));
            browser.await(analysis, found -> !found.at("/report").isMissingNode());
            var orphans = lines(browser, analysis + "/findings?limit=2&id=reference.orphan", "findings");
            assertThat(orphans)
                    .hasSize(3)
                    .allMatch(one -> one.at("/path").asText().equals("ownerId"));
            assertThat(lines(browser, analysis + "/findings?id=key.missing", "findings"))
                    .isEmpty();
            assertThat(lines(browser, analysis + "/findings?q=c1%22", "findings"))
                    .hasSize(1);

            assertThat(lines(browser, analysis + "/changes?kind=merge", "changes"))
                    .isEmpty();
            var changes = lines(browser, analysis + "/changes?limit=70&kind=create", "changes");
            assertThat(changes).hasSize(300).doesNotHaveDuplicates();
            assertThat(changes.toString()).doesNotContain("\"before\"", "\"after\"");
            assertThat(lines(browser, analysis + "/changes?limit=1&showValues=true", "changes")
                            .toString())
                    .contains("\"after\"");
            var run = analysis.replaceFirst(".*/", "");
            assertThat(shell.run("changes", "--run", run, "--kind", "create", "--limit", "1000", "--local", "--json"))
                    .isZero();
            assertThat(shell.json().at("/changes").valueStream().toList()).containsExactlyElementsOf(changes);
            assertThat(browser.get(analysis + "/changes?after=x").statusCode()).isEqualTo(422);
            assertThat(browser.get(analysis + "/differences").statusCode()).isEqualTo(200);

            put("lists", 3, _ -> "c7");
            var migrated = "/api/runs/"
                    + run(browser.post(
                            "/api/runs",
                            body("migrate", plan).put("confirm", "lists").toString()));
            browser.await(migrated, can("verify"));
            assertThat(lines(browser, migrated + "/differences", "differences")).isEmpty();
            assertThat(browser.get(migrated + "/changes").statusCode()).isEqualTo(409);
            put("lists", 5, _ -> "c8");
            run(browser.post(migrated + "/verify", ""));
            browser.await(
                    migrated,
                    found -> can("verify").test(found)
                            && found.at("/verification/moved").asInt() == 5);
            var differences = lines(browser, migrated + "/differences?limit=1", "differences");
            assertThat(differences).hasSize(5);
            assertThat(lines(browser, migrated + "/differences?verdict=missing", "differences"))
                    .isEmpty();
        });
    }

    /** Gives the first contacts an owner. */
    private void put(String name, int contacts, IntFunction<String> owner) {
        SharedStack.foundIn(directory)
                .loader()
                .load(
                        IntStream.range(0, contacts)
                                .mapToObj(i -> new ExampleRecord(
                                        "Contacts",
                                        Map.of(
                                                "id", AttributeValue.fromS("c" + i),
                                                "ownerId", AttributeValue.fromS(owner.apply(i))))),
                        table -> name + "-" + table + "-a");
    }

    /** The lines of all pages. */
    private static List<JsonNode> lines(Browser browser, String first, String list) {
        var all = new ArrayList<JsonNode>();
        var next = Optional.of("");
        while (next.isPresent()) {
            var page = browser.json(first + next.get());
            page.at("/" + list).forEach(all::add);
            next = Optional.of(page.at("/next").asText())
                    .filter(place -> !place.isEmpty())
                    .map(place -> (first.contains("?") ? "&" : "?") + "after=" + place);
        }
        return all;
    }

    private static String page(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }
}
