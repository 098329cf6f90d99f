package dev.rekey.console;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.rekey.engine.status.RunRefusal;
import dev.rekey.engine.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The API: every route of it, each answered by what the command line uses. */
public final class Api {
    private final List<Route> routes;

    public Api(Behind behind) {
        var reading = new Reading(behind);
        var lists = new Lists(behind, reading);
        var operations = new Operations(behind);
        var starts = new Starts(behind);
        this.routes = List.of(
                new Route("GET", "/api/health", (_, _) -> reading.health()),
                new Route("GET", "/api/openapi.json", (_, _) -> document()),
                new Route("POST", "/api/plans/check", (asked, _) -> reading.check(asked.json())),
                new Route(
                        "POST", "/api/runs", (asked, _) -> starts.start(asked.json(), asked.header("idempotency-key"))),
                new Route("GET", "/api/runs", (asked, _) -> reading.runs(asked)),
                new Route("GET", "/api/runs/{run}", (_, run) -> reading.run(run)),
                new Route("GET", "/api/runs/{run}/log", (_, run) -> reading.log(run)),
                new Route("GET", "/api/runs/{run}/report", (_, run) -> reading.report(run)),
                new Route("GET", "/api/runs/{run}/report.html", (_, run) -> reading.reportPage(run)),
                new Route("GET", "/api/runs/{run}/findings", lists::findings),
                new Route("GET", "/api/runs/{run}/differences", lists::differences),
                new Route("GET", "/api/runs/{run}/changes", lists::changes),
                new Route("POST", "/api/runs/{run}/pause", (asked, run) -> operations.pause(run, asked.json())),
                new Route("POST", "/api/runs/{run}/unpause", (asked, run) -> operations.unpause(run, asked.json())),
                new Route("POST", "/api/runs/{run}/limit", (asked, run) -> operations.limit(run, asked.json())),
                new Route("POST", "/api/runs/{run}/stop", (asked, run) -> operations.stop(run, asked.json())),
                new Route("POST", "/api/runs/{run}/resume", (asked, run) -> operations.resume(run, asked.json())),
                new Route("POST", "/api/runs/{run}/verify", (asked, run) -> operations.verify(run, asked.json())),
                new Route("POST", "/api/runs/{run}/rollback", (asked, run) -> operations.rollback(run, asked.json())));
    }

    /**
     * One address of the API.
     *
     * @param path with {@code {run}} where a run's id stands
     * @param work with the request, and the run's id or nothing
     */
    record Route(String method, String path, BiFunction<Asked, String, Answer> work) {
        /** The run's id, or nothing; empty if {@code asked} has another path. */
        Optional<String> match(String asked) {
            var matcher = Pattern.compile(Pattern.quote(path).replace("{run}", "\\E([^/]*)\\Q"))
                    .matcher(asked);
            return matcher.matches()
                    ? Optional.of(matcher.groupCount() == 0 ? "" : matcher.group(1))
                    : Optional.empty();
        }
    }

    List<Route> routes() {
        return routes;
    }

    /** Answers every request; what goes wrong is an answer, too. */
    public APIGatewayV2HTTPResponse answer(APIGatewayV2HTTPEvent event) {
        var asked = Asked.of(event);
        return Headers.of(guarded(asked, () -> answer(asked))).sent();
    }

    private Answer answer(Asked asked) {
        if (asked.body().getBytes(StandardCharsets.UTF_8).length > Asked.LONGEST_BODY) {
            throw new Problem(
                    Problem.Kind.TOO_LARGE,
                    "Cannot read the body of " + asked.method() + " " + asked.path()
                            + ": it has more than 1 MB. Nothing was changed. Send less.");
        }
        var there = routes.stream()
                .filter(route -> route.match(asked.path()).isPresent())
                .toList();
        if (there.isEmpty()) {
            throw new Problem(
                    Problem.Kind.ROUTE,
                    "Cannot answer " + asked.method() + " " + asked.path()
                            + ": there is no such address. Nothing was changed. The addresses are in /api/openapi.json.");
        }
        var route = there.stream()
                .filter(one -> one.method().equals(asked.method()))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        Problem.Kind.METHOD,
                        "Cannot answer " + asked.method() + " " + asked.path()
                                + ": the address has no such method. Nothing was changed. Use "
                                + String.join(
                                        " or ",
                                        there.stream().map(Route::method).toList()) + "."));
        return route.work()
                .apply(asked, route.match(asked.path()).orElseThrow())
                .unlessKnown(asked);
    }

    /** The answer of {@code work}, or the problem that it met. */
    static Answer guarded(Asked asked, Supplier<Answer> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return problem(e).answer(asked.path());
        }
    }

    static Problem problem(RuntimeException failure) {
        return switch (failure) {
            case Problem problem -> problem;
            case RunRefusal refusal ->
                new Problem(
                        switch (refusal.kind()) {
                            case UNKNOWN -> Problem.Kind.UNKNOWN_RUN;
                            case REFUSED, REFUSED_BY_WORKFLOW -> Problem.Kind.RUN_REFUSED;
                        },
                        refusal.getMessage());
            case StoreException store ->
                new Problem(
                        switch (store.kind()) {
                            case THROTTLED, UNAVAILABLE -> Problem.Kind.STACK;
                            case DENIED -> Problem.Kind.DENIED;
                            case MISSING, INVALID -> Problem.Kind.STORED;
                        },
                        store.getMessage());
            default ->
                new Problem(
                        Problem.Kind.DEFECT,
                        "Cannot continue: Rekey has a defect: " + failure
                                + ". Earlier changes remain. Please report the defect.");
        };
    }

    private static Answer document() {
        return Answer.text("application/json", resource("openapi.json"));
    }

    /** A file of this package. */
    static String resource(String name) {
        try (var stream = Api.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
