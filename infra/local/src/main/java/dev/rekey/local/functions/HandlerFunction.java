package dev.rekey.local.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Calls a Lambda handler in this process. */
record HandlerFunction(RequestStreamHandler handler) implements LocalFunction {
    @Override
    public byte[] run(byte[] payload, Invocation invocation) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(payload), answer, new HandlerContext(invocation));
        return answer.toByteArray();
    }
}
