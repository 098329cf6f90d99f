package dev.rekey.cli.command;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.console.Api;
import dev.rekey.console.Behind;
import dev.rekey.console.Loopback;
import dev.rekey.console.Pages;
import dev.rekey.local.http.LoopbackServer;
import dev.rekey.local.http.Request;
import dev.rekey.local.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** The console and the API of a stack, on this machine, until it is closed. */
final class ConsoleServer implements AutoCloseable {
    private static final int HIGHEST_PORT = 65_535;
    private static final int MOST_BYTES = 1 << 20;
    private static final int WORTH_ZIPPING = 1 << 10;

    private final LoopbackServer server;
    private final Loopback loopback;

    private ConsoleServer(LoopbackServer server, Loopback loopback) {
        this.server = server;
        this.loopback = loopback;
    }

    /**
     * Begins to answer.
     *
     * @param stack as people call it
     * @param place the options that lead a command to the stack, with a blank before each
     * @param port 0 for any free port
     * @throws CommandFailure if the port is taken
     */
    static ConsoleServer start(Environment environment, Deployment deployment, String stack, String place, int port) {
        var behind = new Behind(
                new Behind.About(RekeyCommand.Version.number(), stack, deployment.bucket(), "token", place),
                () -> Buckets.documents(deployment, environment),
                deployment.workflow(),
                deployment.taskTokens(),
                () -> environment.caller(deployment, "console"),
                environment.time(),
                environment.random());
        var server = bind(port, environment);
        var loopback = new Loopback(
                new Api(behind), new Pages(behind), server.uri().getPort(), Loopback.newToken(environment.random()));
        server.serve(MOST_BYTES, request -> answer(loopback, request));
        return new ConsoleServer(server, loopback);
    }

    private static LoopbackServer bind(int port, Environment environment) {
        if (port < 0 || port > HIGHEST_PORT) {
            throw CommandFailure.usage("Cannot start the console: " + port + " is not a port. Nothing was started."
                    + " Use a port from 1 to " + HIGHEST_PORT + ", or 0 for a free one.");
        }
        try {
            return LoopbackServer.bind(port, environment.console().err()::println);
        } catch (IOException e) {
            throw CommandFailure.refused("Cannot start the console on port " + port + ": " + e.getMessage()
                    + ". Nothing was started. Use another port, or 0 for a free one.");
        }
    }

    /** With the token in it. */
    String address() {
        return loopback.address();
    }

    @Override
    public void close() {
        server.close();
    }

    private static Response answer(Loopback loopback, Request request) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        request.headers().forEach((name, values) -> headers.put(name, String.join("; ", values)));
        return response(
                loopback.answer(Loopback.event(request.method(), request.uri(), headers, request.body())),
                headers.getOrDefault("Accept-Encoding", "").contains("gzip"));
    }

    private static Response response(APIGatewayV2HTTPResponse answer, boolean zips) {
        var body = answer.getBody().getBytes(StandardCharsets.UTF_8);
        if (!zips || body.length < WORTH_ZIPPING) {
            return new Response(answer.getStatusCode(), answer.getHeaders(), body);
        }
        var headers = new HashMap<>(answer.getHeaders());
        headers.put("Content-Encoding", "gzip");
        return new Response(answer.getStatusCode(), headers, zipped(body));
    }

    private static byte[] zipped(byte[] body) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
