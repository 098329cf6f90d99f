package dev.rekey.local.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The functions of this machine by name. */
public final class Functions {
    private final Map<FunctionName, LocalFunction> byName;

    private Functions(Map<FunctionName, LocalFunction> byName) {
        this.byName = Map.copyOf(byName);
    }

    public static Functions none() {
        return new Functions(Map.of());
    }

    /** A copy that also knows this function. */
    public Functions with(String name, LocalFunction function) {
        Map<FunctionName, LocalFunction> more = new LinkedHashMap<>(byName);
        more.put(FunctionName.parse(name), function);
        return new Functions(more);
    }

    /** A copy that also knows this handler; it is called in this process with a real context. */
    public Functions withHandler(String name, RequestStreamHandler handler) {
        return with(name, new HandlerFunction(handler));
    }

    public Optional<LocalFunction> find(FunctionName name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Calls a Lambda handler in this process. */
    private record HandlerFunction(RequestStreamHandler handler) implements LocalFunction {
        @Override
        public byte[] run(byte[] payload, Invocation invocation) throws IOException {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            handler.handleRequest(new ByteArrayInputStream(payload), answer, new HandlerContext(invocation));
            return answer.toByteArray();
        }
    }
}
