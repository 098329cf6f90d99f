package dev.rekey.local.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

/** An HTTP server on 127.0.0.1 that gives every request a virtual thread. */
public final class LoopbackServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Consumer<String> log;

    private LoopbackServer(HttpServer server, Consumer<String> log) {
        this.server = server;
        this.log = log;
    }

    /**
     * Takes the port; answers nothing yet.
     *
     * @param port 0 for any free port
     * @param log gets a line for every request that failed by a defect of ours
     */
    public static LoopbackServer bind(int port, Consumer<String> log) throws IOException {
        // Without it an answer's body waits up to 40 ms for the client's acknowledgement of the headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), /* backlog= */ 128);
        return new LoopbackServer(server, log);
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /**
     * Begins to answer.
     *
     * @param mostBytes a longer body is handed over cut after {@code mostBytes + 1} bytes, so that it can be refused
     */
    public void serve(int mostBytes, Function<Request, Response> handler) {
        server.createContext("/", exchange -> answer(exchange, mostBytes, handler));
        server.setExecutor(threads);
        server.start();
    }

    /** Closes the port and interrupts the requests that are being answered. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange, int mostBytes, Function<Request, Response> handler) {
        try (exchange) {
            send(exchange, handler.apply(read(exchange, mostBytes)));
        } catch (IOException gone) {
            // The client has closed the connection: there is no one left to answer.
            exchange.close();
        } catch (RuntimeException defect) {
            log.accept(exchange.getRequestURI() + " failed: " + defect);
            throw defect;
        }
    }

    private static Request read(HttpExchange exchange, int mostBytes) throws IOException {
        InputStream stream = exchange.getRequestBody();
        byte[] body = stream.readNBytes(mostBytes + 1);
        // The rest must be read or the client, still sending, never sees the answer.
        stream.skip(Long.MAX_VALUE);
        return new Request(exchange.getRequestMethod(), exchange.getRequestURI(), exchange.getRequestHeaders(), body);
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        response.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = response.body();
        exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
