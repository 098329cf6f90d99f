package dev.rekey.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API of a stack without a run, and the document that describes it. */
class ApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLAN = """
        plan: small
        source: { tables: "{table}-a" }
        target: { tables: "{table}-b" }
        identity: { rule: derive, namespace: n }
        tables: { Contacts: {} }
        """;

    private final EmptyStack stack = new EmptyStack();
    private final Api api = new Api(stack.behind);

    private APIGatewayV2HTTPResponse ask(String method, String path, Map<String, String> headers, String body) {
        var answer =
                api.answer(Loopback.event(method, URI.create(path), headers, body.getBytes(StandardCharsets.UTF_8)));
        assertDescribed(method, path.replaceFirst("\\?.*", ""), answer);
        return answer;
    }

    private APIGatewayV2HTTPResponse get(String path) {
        return ask("GET", path, Map.of(), "");
    }

    private APIGatewayV2HTTPResponse post(String path, String body) {
        return ask("POST", path, Map.of(), body);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    private static JsonNode document() {
        return json(Api.resource("openapi.json"));
    }

    /** The answer is one that the document has for the route. */
    private void assertDescribed(String method, String path, APIGatewayV2HTTPResponse answer) {
        if (answer.getStatusCode() == 304) {
            assertThat(answer.getBody()).isEmpty();
            return;
        }
        var type = answer.getHeaders().get("Content-Type");
        var schema = "Problem";
        if (answer.getStatusCode() < 300) {
            var route = api.routes().stream()
                    .filter(one ->
                            one.method().equals(method) && one.match(path).isPresent())
                    .findFirst()
                    .orElseThrow();
            schema = document()
                    .path("paths")
                    .path(route.path())
                    .path(method.toLowerCase(Locale.ROOT))
                    .path("responses")
                    .path(Integer.toString(answer.getStatusCode()))
                    .path("content")
                    .path(type)
                    .path("schema")
                    .path("$ref")
                    .asText()
                    .replaceFirst(".*/", "");
        } else {
            assertThat(type).isEqualTo("application/problem+json");
        }
        if (!schema.isEmpty()) {
            assertThat(errors(schema, answer.getBody())).isEmpty();
        }
    }

    private static Iterable<String> errors(String name, String body) {
        var schema = JSON.createObjectNode().put("$ref", "#/components/schemas/" + name);
        schema.set("components", document().path("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toString(), InputFormat.JSON)
                .validate(body, InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void theSchemasRefuseWhatTheyDoNotDescribe() {
        assertThat(errors("Health", "{\"version\":\"1\"}")).isNotEmpty();
        assertThat(errors("Problem", "{}")).isNotEmpty();
    }

    @Test
    void everyRouteIsInTheDocumentAndNoneElse() {
        var described = new TreeSet<String>();
        document()
                .path("paths")
                .propertyStream()
                .forEach(path -> path.getValue()
                        .propertyStream()
                        .map(Map.Entry::getKey)
                        .filter(name -> !name.equals("parameters"))
                        .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        assertThat(api.routes().stream().map(route -> route.method() + " " + route.path()))
                .containsExactlyInAnyOrderElementsOf(described);
    }

    @Test
    void whatTheDocumentRefersToIsInIt() {
        var document = document();
        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(document.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(ref -> assertThat(document.at(ref.substring(1)).isObject())
                        .as(ref)
                        .isTrue());
        assertThat(get("/api/openapi.json").getBody()).isEqualTo(Api.resource("openapi.json"));
    }

    /** A page says every problem that there is, and none else. */
    @Test
    void everyProblemIsInTheReference() throws Exception {
        var page = Files.readString(Path.of("../../docs/reference/problems.md"));
        var section = page.substring(page.indexOf("## Problems of the API"));
        var ids = section.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.replaceFirst("\\| `([^`]*)`.*", "$1"))
                .toList();
        assertThat(ids)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Problem.Kind.values())
                        .map(Problem.Kind::id)
                        .toList());
    }

    @Test
    void healthSaysWhichStackThisIs() {
        assertThat(json(get("/api/health").getBody()))
                .isEqualTo(json("{\"version\":\"1.2.3\",\"stack\":\"test\",\"bucket\":\"bucket\",\"auth\":\"token\"}"));
    }

    @Test
    void whatIsKnownIsNotSentAgain() {
        var first = get("/api/runs");
        assertThat(json(first.getBody()).at("/runs")).isEmpty();
        assertThat(first.getHeaders()).containsEntry("Rekey-Poll-Seconds", "10");
        var tag = first.getHeaders().get("ETag");
        assertThat(ask("GET", "/api/runs", Map.of("If-None-Match", tag), "").getStatusCode())
                .isEqualTo(304);
        assertThat(ask("GET", "/api/runs", Map.of("If-None-Match", "\"x\""), "").getStatusCode())
                .isEqualTo(200);
    }

    @Test
    void aPlanIsCheckedAsTheCommandLineDoes() {
        var good = json(post("/api/plans/check", body("plan", PLAN)).getBody());
        assertThat(good.at("/valid").asBoolean()).isTrue();
        assertThat(good.at("/plan").asText()).isEqualTo("small");
        var bad = json(post("/api/plans/check", body("plan", "plan: [\n")).getBody());
        assertThat(bad.at("/valid").asBoolean()).isFalse();
        assertThat(bad.at("/problems/0/id").asText()).isEqualTo("document.syntax");
        assertThat(bad.at("/problems/0/path").asText()).contains("line ", "column ");
    }

    private static String body(String... pairs) {
        var object = JSON.createObjectNode();
        for (int i = 0; i < pairs.length; i += 2) {
            object.put(pairs[i], pairs[i + 1]);
        }
        return object.toString();
    }

    @Test
    void aRunIsStartedAndSaysWhereItIs() {
        var answer = post("/api/runs", body("action", "migrate", "plan", PLAN, "confirm", "small"));
        assertThat(answer.getStatusCode()).isEqualTo(202);
        var run = json(answer.getBody()).at("/run").asText();
        assertThat(answer.getHeaders()).containsEntry("Location", "/api/runs/" + run);
        assertThat(stack.started)
                .singleElement()
                .asString()
                .startsWith("migrate-20260102T030405-")
                .contains("\"confirm\":\"small\"", "\"plan\":\"s3://bucket/plans/")
                .contains("\"startedBy\":{\"identity\":\"jane\",\"from\":\"console\",\"version\":\"1.2.3\"}");
    }

    /** Nothing of it is in the bucket yet. */
    @Test
    void aRunThatBeginsIsBeingPrepared() {
        var started = post("/api/runs", body("action", "analyze", "plan", PLAN));
        var standing = json(get(started.getHeaders().get("Location")).getBody());
        assertThat(standing.at("/phase").asText()).isEqualTo("preparing");
        assertThat(standing.at("/actions")).isEmpty();
    }

    @Test
    void theSameKeyStartsOneRun() {
        var key = Map.of("Idempotency-Key", "abc");
        var analyze = body("action", "analyze", "plan", PLAN);
        var first = ask("POST", "/api/runs", key, analyze);
        var second = ask("POST", "/api/runs", key, analyze);
        assertThat(json(second.getBody())).isEqualTo(json(first.getBody()));
        assertThat(second.getHeaders()).isEqualTo(first.getHeaders());
        assertThat(stack.started).hasSize(1);
        var other = ask("POST", "/api/runs", key, body("action", "validate", "plan", PLAN));
        assertThat(other.getStatusCode()).isEqualTo(422);
        assertThat(json(other.getBody()).at("/type").asText()).endsWith("#request.key-used");
        assertThat(ask("POST", "/api/runs", Map.of("Idempotency-Key", "abd"), analyze)
                        .getStatusCode())
                .isEqualTo(202);
        assertThat(stack.started).hasSize(2).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {                                             | 400 | request.body
            []                                            | 400 | request.body
            {"action":"analyze","action":"migrate"}       | 400 | request.body
            {}                                            | 422 | request.field
            {"action":"rollback","plan":"P"}              | 422 | request.field
            {"action":"analyze"}                          | 422 | request.field
            {"action":"analyze","plan":7}                 | 422 | request.field
            {"action":"analyze","plan":"P","table":["x"]} | 422 | request.field
            {"action":"analyze","plan":"P","foo":1}       | 422 | request.field
            {"action":"analyze","plan":"P","tables":["X"]}| 422 | request.field
            {"action":"analyze","plan":"s3://other/plans/x"} | 422 | request.field
            {"action":"analyze","plan":"s3://bucket/ledger/x"} | 422 | request.field
            {"action":"analyze","plan":"s3://bucket/plans/none"} | 422 | request.field
            {"action":"analyze","plan":"plan: x"}         | 422 | plan.unfit
            {"action":"migrate","plan":"P"}               | 422 | run.confirm
            {"action":"migrate","plan":"P","confirm":"Small"} | 422 | run.confirm
            {"action":"test","plan":"P"}                  | 422 | run.confirm
            """)
    void whatIsWrongStartsNothing(String sent, int status, String id) {
        var answer =
                post("/api/runs", sent.replace("\"P\"", JSON.valueToTree(PLAN).toString()));
        assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(status);
        var problem = json(answer.getBody());
        assertThat(problem.at("/type").asText()).isEqualTo("docs/reference/problems.md#" + id);
        assertThat(problem.at("/detail").asText()).startsWith("Cannot ").contains(" Nothing was ");
        assertThat(stack.started).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/nothing, 404, request.route",
        "GET, /, 404, request.route",
        "PUT, /api/runs, 405, request.method",
        "DELETE, /api/health, 405, request.method",
        "GET, /api/runs/20250102T030405678Z-0123abcd, 404, run.unknown",
        "GET, /api/runs/..x, 404, run.unknown",
        "GET, /api/runs/20250102T030405678Z-0123abcd/log, 404, run.unknown",
        "GET, /api/runs/20250102T030405678Z-0123abcd/report, 404, run.unknown",
        "GET, /api/runs/20250102T030405678Z-0123abcd/findings, 404, run.unknown",
        "GET, /api/runs/20250102T030405678Z-0123abcd/changes?kind=merge, 404, run.unknown",
        "GET, /api/runs/20250102T030405678Z-0123abcd/differences?kind=merge, 422, request.field",
        "POST, /api/runs/20250102T030405678Z-0123abcd/pause, 404, run.unknown",
        "POST, /api/runs/20250102T030405678Z-0123abcd/rollback, 404, run.unknown",
        "POST, /api/runs/20250102T030405678Z-0123abcd/limit, 422, request.field",
        "GET, /api/runs?limit=0, 422, request.field",
        "GET, /api/runs?limit=x, 422, request.field",
        "GET, /api/runs?after=x, 404, run.unknown"
    })
    void whatIsNotThereIsSaid(String method, String path, int status, String id) {
        var answer = ask(method, path, Map.of(), "");
        assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(status);
        assertThat(json(answer.getBody()).at("/type").asText()).isEqualTo("docs/reference/problems.md#" + id);
    }
}
