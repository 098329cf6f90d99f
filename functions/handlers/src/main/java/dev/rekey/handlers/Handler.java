package dev.rekey.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.workflow.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** One function of the workflow: small JSON in, small JSON out. */
abstract class Handler implements RequestStreamHandler {
    private static final Duration SHORT = Duration.ofSeconds(140);

    /** For what does in one go what may be much: what it has not done by then is begun anew. */
    static final Duration LONG = Duration.ofSeconds(800);

    private final Bootstrap bootstrap;

    Handler(Bootstrap bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** The answer to {@code input}: a record that is written as JSON. */
    abstract Object answer(JsonNode input, Ports ports);

    /**
     * How long an invocation works at most, before it answers or loses patience with a store. Together with what is under
     * way then, it fits into the time-outs of the function and of its state.
     */
    Duration longest() {
        return SHORT;
    }

    final Bootstrap bootstrap() {
        return bootstrap;
    }

    @Override
    public final void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        var invocation = bootstrap.invocation(context, longest());
        try {
            var asked = Documents.read(input);
            output.write(Documents.encode(bootstrap
                    .telemetry()
                    .around(
                            context,
                            asked,
                            () -> answer(
                                    asked,
                                    bootstrap.ports(invocation, RoleSession.name(context.getFunctionName(), asked))))));
        } catch (StoreException e) {
            throw switch (e.kind()) {
                case THROTTLED -> new StoreThrottled(e.getMessage(), e);
                case UNAVAILABLE -> new StoreUnavailable(e.getMessage(), e);
                case DENIED -> new StoreDenied(e.getMessage(), e);
                case MISSING, INVALID -> e;
            };
        }
    }
}
