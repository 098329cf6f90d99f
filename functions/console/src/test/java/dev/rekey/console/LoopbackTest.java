package dev.rekey.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use the console on the loopback interface. */
class LoopbackTest {
    private static final int PORT = 4321;
    private static final String OURS = "http://127.0.0.1:" + PORT;

    private final EmptyStack stack = new EmptyStack();
    private final String token = Loopback.newToken(new Random(1));
    private final Loopback loopback = new Loopback(new Api(stack.behind), new Pages(stack.behind), PORT, token);

    private APIGatewayV2HTTPResponse ask(String method, String path, Map<String, String> headers, String body) {
        var all = new HashMap<>(headers);
        all.putIfAbsent("Host", "127.0.0.1:" + PORT);
        return loopback.answer(Loopback.event(method, URI.create(path), all, body.getBytes(StandardCharsets.UTF_8)));
    }

    private APIGatewayV2HTTPResponse get(String path, Map<String, String> headers) {
        return ask("GET", path, headers, "");
    }

    private Map<String, String> bearer() {
        return Map.of("Authorization", "Bearer " + token);
    }

    private Map<String, String> cookie() {
        return Map.of("Cookie", "other=1; rekey-" + PORT + "=" + token);
    }

    private static void assertProblem(APIGatewayV2HTTPResponse answer, int status, String id) {
        assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(status);
        assertThat(answer.getHeaders()).containsEntry("Content-Type", "application/problem+json");
        try {
            var problem = new ObjectMapper().readTree(answer.getBody());
            assertThat(problem.at("/type").asText()).isEqualTo("docs/reference/problems.md#" + id);
            assertThat(problem.at("/detail").asText()).startsWith("Cannot ").contains(" Nothing was ");
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.getBody(), e);
        }
    }

    @Test
    void aTokenHas128Bits() {
        assertThat(token).matches("[0-9a-f]{32}");
        assertThat(Loopback.newToken(new Random(2))).isNotEqualTo(token);
    }

    @Test
    void theAddressGivesACookieThatNoScriptReads() {
        var answer = get(loopback.address().substring(OURS.length()), Map.of());
        assertThat(answer.getStatusCode()).isEqualTo(303);
        assertThat(answer.getHeaders())
                .containsEntry("Location", "/runs")
                .containsEntry("Set-Cookie", "rekey-4321=" + token + "; Path=/; HttpOnly; SameSite=Strict");
        assertThat(get("/runs", cookie()).getStatusCode()).isEqualTo(200);
        assertThat(get("/api/health", bearer()).getStatusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/runs", "/runs/new", "/static/report.css", "/api/health", "/api/runs", "/nothing"})
    void withoutATokenNothingIsAnswered(String path) {
        var other = Loopback.newToken(new Random(2));
        assertProblem(get(path, Map.of()), 401, "access.token");
        assertProblem(get(path, Map.of("Authorization", "Bearer " + other)), 401, "access.token");
        assertProblem(get(path, Map.of("Authorization", "Bearer ")), 401, "access.token");
        assertProblem(get(path, Map.of("Authorization", "Basic " + token)), 401, "access.token");
        assertProblem(get(path, Map.of("Cookie", "rekey-4321=" + other)), 401, "access.token");
        assertProblem(get(path, Map.of("Cookie", "rekey-4322=" + token)), 401, "access.token");
        assertProblem(get(path + "?token=" + other, Map.of()), 401, "access.token");
    }

    @Test
    void anAddressWithATokenOpensOnlyTheConsole() {
        assertProblem(get("/api/runs?token=" + token, Map.of()), 401, "access.token");
        assertProblem(get("/runs?token=" + token, Map.of()), 401, "access.token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:4321",
                "127.0.0.1",
                "127.0.0.1:80",
                "localhost:4322",
                "",
                "[::1]:4321"
            })
    void anotherHostIsRefused(String host) {
        var headers = new HashMap<>(bearer());
        headers.put("Host", host);
        assertProblem(get("/api/runs", headers), 403, "access.host");
        assertProblem(ask("POST", "/api/runs", headers, "{}"), 403, "access.host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "http://127.0.0.1:4322",
                "https://127.0.0.1:4321",
                "http://127.0.0.1:4321.evil.example"
            })
    void anotherOriginIsRefused(String origin) {
        for (var known : List.of(bearer(), cookie())) {
            var headers = new HashMap<>(known);
            headers.put("Origin", origin);
            assertProblem(ask("POST", "/api/runs", headers, "{}"), 403, "access.origin");
            assertProblem(ask("POST", "/runs/new", headers, "do=check&plan=x"), 403, "access.origin");
            assertProblem(get("/api/runs", headers), 403, "access.origin");
        }
    }

    @Test
    void aFormSaysWhereItComesFromAndAScriptNeedNot() {
        assertProblem(ask("POST", "/runs/new", cookie(), "do=check&plan=x"), 403, "access.origin");
        var headers = new HashMap<>(cookie());
        headers.put("Origin", OURS);
        assertThat(ask("POST", "/runs/new", headers, "do=check&plan=x").getStatusCode())
                .isEqualTo(200);
        assertThat(ask("POST", "/api/plans/check", bearer(), "{\"plan\":\"x\"}").getStatusCode())
                .isEqualTo(200);
    }

    @Test
    void everyAnswerHasAPolicyAndNoneIsForOtherSites() {
        for (var answer : List.of(
                get("/runs", cookie()),
                get("/api/runs", bearer()),
                get("/api/runs", Map.of()),
                get("/none", cookie()))) {
            assertThat(answer.getHeaders().get("Content-Security-Policy"))
                    .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.getHeaders())
                    .containsEntry("X-Content-Type-Options", "nosniff")
                    .containsEntry("Referrer-Policy", "same-origin");
            assertThat(answer.getHeaders().keySet()).noneMatch(name -> name.startsWith("Access-Control"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/runs/..%2F..%2Fplans/report",
                "/static/../../secret",
                "/static/%2e%2e%2fApi.class",
                "/runs/..%2f",
                "/api/runs/x%00/log",
                "/api//runs"
            })
    void noPathLeadsOutOfTheConsole(String path) {
        assertThat(get(path, bearer()).getStatusCode()).isEqualTo(404);
    }

    @Test
    void aLongBodyIsRefused() {
        var plan = "{\"plan\":\"" + "x".repeat(2_000_000) + "\"}";
        assertProblem(ask("POST", "/api/runs", bearer(), plan), 413, "request.too-large");
        assertThat(stack.started).isEmpty();
    }

    @Test
    void noPageHasAScriptOrAStyleInIt() {
        var headers = new HashMap<>(cookie());
        headers.put("Origin", OURS);
        for (var page : List.of(
                get("/runs", cookie()),
                get("/runs/new", cookie()),
                get("/runs/none", cookie()),
                ask("POST", "/runs/new", headers, "do=check&plan=%3Cscript%3Ealert(1)%3C%2Fscript%3E%E2%80%AE"))) {
            assertThat(page.getHeaders().get("Content-Type")).startsWith("text/html");
            assertThat(page.getBody())
                    .doesNotContain("<script>", "style=", "onclick", "\u202e")
                    .contains("\"allowEval\":false");
        }
    }
}
