package dev.rekey.functions;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What Lambda's runtime talks to inside a sandbox: it fetches invocations here and gives its answers back. */
final class RuntimeApi implements AutoCloseable {
    private static final String ROOT = "/2018-06-01/runtime/";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final HttpServer server;
    private final BlockingQueue<Invocation> waiting = new ArrayBlockingQueue<>(1);
    private final BlockingQueue<Answer> answers = new ArrayBlockingQueue<>(1);
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicInteger restored = new AtomicInteger();

    /** What became of an invocation: {@code kind} is {@code response}, {@code error} or {@code exit}. */
    record Answer(String kind, String body) {}

    private record Invocation(String id, String event, Instant deadline) {}

    RuntimeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(ROOT, this::handle);
        server.start();
    }

    /** As the environment of the runtime names it. */
    String address() {
        return server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    /** Has the function called with {@code event} and waits for what becomes of it. */
    Answer invoke(String event, Duration timeout) throws InterruptedException {
        var id = "00000000-0000-0000-0000-%012d".formatted(number.incrementAndGet());
        waiting.put(new Invocation(id, event, Instant.now().plus(timeout)));
        var answer = answers.poll(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
        if (answer == null) {
            throw new AssertionError("the runtime gave no answer within " + LONGEST_WAIT);
        }
        return answer;
    }

    /** The runtime has ended, and answers nothing any more. */
    void ended(int exitCode) {
        var _ = answers.offer(new Answer("exit", String.valueOf(exitCode)));
    }

    /** How many times the runtime has woken up from a snapshot. */
    int restored() {
        return restored.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath().substring(ROOT.length());
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        try (exchange) {
            if (path.equals("invocation/next")) {
                next(exchange);
            } else if (path.equals("restore/next")) {
                // Asked for when the hooks before the snapshot have run; it is answered where the snapshot wakes up.
                restored.incrementAndGet();
                exchange.sendResponseHeaders(200, -1);
            } else {
                exchange.sendResponseHeaders(202, -1);
                // An error at the start is the answer to the first invocation, which would never be fetched.
                answers.put(new Answer(path.substring(path.lastIndexOf('/') + 1), body));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void next(HttpExchange exchange) throws IOException, InterruptedException {
        var invocation = waiting.take();
        var headers = Map.of(
                "Content-Type",
                "application/json",
                "Lambda-Runtime-Aws-Request-Id",
                invocation.id(),
                "Lambda-Runtime-Deadline-Ms",
                String.valueOf(invocation.deadline().toEpochMilli()),
                "Lambda-Runtime-Invoked-Function-Arn",
                "arn:aws:lambda:us-east-1:000000000000:function:rekey:live",
                "Lambda-Runtime-Trace-Id",
                "Root=1-00000000-000000000000000000000000;Sampled=0");
        headers.forEach(exchange.getResponseHeaders()::set);
        var event = invocation.event().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, event.length);
        exchange.getResponseBody().write(event);
    }
}
