package dev.rekey.functions;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A small bucket and a topic, as far as a function can tell, with faults at wish. */
final class Services implements AutoCloseable {
    private static final String PUBLISHED = "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\">"
            + "<PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>";

    /** Where a function that wakes up from a snapshot finds its credentials, and what it shows there. */
    static final String CREDENTIALS = "/container/credentials";

    static final String TOKEN = "token of the container";

    /** The access key that is handed out there. */
    static final String CONTAINER_KEY = "ASIACONTAINER";

    private final HttpServer server;
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private final List<String> published = new CopyOnWriteArrayList<>();
    private final List<String> signers = new CopyOnWriteArrayList<>();
    private final Map<String, String> objects = new ConcurrentHashMap<>();
    private volatile int status = 200;

    Services() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.createContext(CREDENTIALS, Services::credentials);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on S3 answers with this. */
    void answer(int newStatus) {
        status = newStatus;
    }

    /** Puts an object into the bucket. Whatever is listed, every object is. */
    void put(String key, String text) {
        objects.put(key, text);
    }

    /** How many connections were ever made. */
    int connections() {
        return connections.size();
    }

    /** The bodies of the requests to SNS. */
    List<String> published() {
        return published;
    }

    /** The access keys that requests to AWS were signed with, in their order. */
    List<String> signers() {
        return signers;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        connections.add(exchange.getRemoteAddress());
        signers.add(
                exchange.getRequestHeaders().getFirst("Authorization").replaceFirst("^.*Credential=([^/]*)/.*$", "$1"));
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        try (exchange) {
            if (exchange.getRequestMethod().equals("POST")) {
                published.add(URLDecoder.decode(body, StandardCharsets.UTF_8));
                answer(exchange, 200, PUBLISHED);
            } else if (status == 200) {
                get(exchange);
            } else {
                answer(exchange, status, error(code()));
            }
        }
    }

    private static void credentials(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (TOKEN.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                answer(exchange, 200, """
                        {"AccessKeyId": "%s", "SecretAccessKey": "secret", "Token": "session",
                         "Expiration": "2100-01-01T00:00:00Z"}
                        """.formatted(CONTAINER_KEY));
            } else {
                answer(exchange, 403, error("AccessDenied"));
            }
        }
    }

    private void get(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath().split("/", 3);
        if (path.length < 3 || path[2].isEmpty()) {
            var listed = objects.keySet().stream()
                    .map(key -> "<Contents><Key>" + key + "</Key></Contents>")
                    .collect(Collectors.joining());
            answer(
                    exchange,
                    200,
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult><IsTruncated>false</IsTruncated>"
                            + listed + "</ListBucketResult>");
        } else if (objects.containsKey(path[2])) {
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            answer(exchange, 200, objects.get(path[2]));
        } else {
            answer(exchange, 404, error("NoSuchKey"));
        }
    }

    private static String error(String code) {
        return "<Error><Code>" + code + "</Code><Message>as the test says</Message></Error>";
    }

    private String code() {
        return status == 503 ? "SlowDown" : status == 403 ? "AccessDenied" : "InternalError";
    }

    private static void answer(HttpExchange exchange, int code, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
