package dev.rekey.console;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The API and the console on the loopback interface, for whoever has the token.
 *
 * @param port that is listened on
 * @param token in hexadecimal
 */
public record Loopback(Api api, Pages pages, int port, String token) {
    private static final int TOKEN_BYTES = 16;
    private static final Set<String> READING = Set.of("GET", "HEAD");

    /** @param random from which no token can be guessed */
    public static String newToken(RandomGenerator random) {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The address that a browser opens. */
    public String address() {
        return origin("127.0.0.1") + "/?token=" + token;
    }

    public APIGatewayV2HTTPResponse answer(APIGatewayV2HTTPEvent event) {
        var asked = Asked.of(event);
        var refused = refusal(asked);
        if (refused.isPresent()) {
            return Headers.of(refused.get().answer(asked.path())).sent();
        }
        if (asked.query("token").isPresent()) {
            return Headers.of(Answer.seeOther("/runs")
                            .with("Set-Cookie", cookie() + token + "; Path=/; HttpOnly; SameSite=Strict"))
                    .sent();
        }
        return asked.path().startsWith("/api/")
                ? api.answer(event)
                : Headers.of(pages.answer(asked)).sent();
    }

    private Optional<Problem> refusal(Asked asked) {
        if (!hosts().contains(asked.header("host").orElse(""))) {
            return problem(Problem.Kind.HOST, asked, "it is for another host", "Use " + origin("127.0.0.1") + ".");
        }
        boolean writes = !READING.contains(asked.method());
        var origin = asked.header("origin");
        // A browser always says where such a request comes from; a script that sends the token in a header need not.
        boolean ours = origin.map(this::isOurs).orElse(bearer(asked).isPresent());
        if ((writes && !ours) || (origin.isPresent() && !isOurs(origin.get()))) {
            return problem(Problem.Kind.ORIGIN, asked, "it comes from another site", "Use the console's own pages.");
        }
        if (!isKnown(asked)) {
            return problem(
                    Problem.Kind.TOKEN,
                    asked,
                    "the token is missing or wrong",
                    "Open the address that was printed when the console started.");
        }
        return Optional.empty();
    }

    private static Optional<Problem> problem(Problem.Kind kind, Asked asked, String fact, String next) {
        return Optional.of(new Problem(
                kind,
                "Cannot answer " + asked.method() + " " + asked.path() + ": " + fact + ". Nothing was changed. "
                        + next));
    }

    /** In the address, only a page may be asked for: the answer puts it into a cookie. */
    private boolean isKnown(Asked asked) {
        if (asked.query("token").isPresent()) {
            return asked.path().equals("/")
                    && asked.method().equals("GET")
                    && asked.query("token").filter(this::isToken).isPresent();
        }
        return bearer(asked).filter(this::isToken).isPresent()
                || cookies(asked).stream().anyMatch(this::isToken);
    }

    private static Optional<String> bearer(Asked asked) {
        return asked.header("authorization")
                .filter(given -> given.startsWith("Bearer "))
                .map(given -> given.substring("Bearer ".length()));
    }

    private List<String> cookies(Asked asked) {
        return asked.cookies().stream()
                .map(String::strip)
                .filter(given -> given.startsWith(cookie()))
                .map(given -> given.substring(cookie().length()))
                .toList();
    }

    /** Cookies do not know ports, so the name does. */
    private String cookie() {
        return "rekey-" + port + "=";
    }

    /** Takes as long for any other text of the same length. */
    private boolean isToken(String given) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isOurs(String origin) {
        return origin.equals(origin("127.0.0.1")) || origin.equals(origin("localhost"));
    }

    private Set<String> hosts() {
        return Set.of("127.0.0.1:" + port, "localhost:" + port);
    }

    private String origin(String host) {
        return "http://" + host + ":" + port;
    }

    /** A request as API Gateway would name it. */
    public static APIGatewayV2HTTPEvent event(String method, URI uri, Map<String, String> headers, byte[] body) {
        var http = APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                .withMethod(method)
                .withPath(uri.getPath())
                .build();
        return APIGatewayV2HTTPEvent.builder()
                .withVersion("2.0")
                .withRawPath(uri.getPath())
                .withQueryStringParameters(
                        Asked.pairs(Optional.ofNullable(uri.getRawQuery()).orElse("")))
                .withHeaders(headers)
                .withCookies(cookies(headers))
                .withBody(new String(body, StandardCharsets.UTF_8))
                .withIsBase64Encoded(false)
                .withRequestContext(APIGatewayV2HTTPEvent.RequestContext.builder()
                        .withHttp(http)
                        .build())
                .build();
    }

    private static List<String> cookies(Map<String, String> headers) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("cookie"))
                .flatMap(header -> List.of(header.getValue().split(";", -1)).stream())
                .map(String::strip)
                .toList();
    }
}
