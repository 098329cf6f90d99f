package dev.rekey.cli.command;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Writes down what commands ask S3 and Step Functions for. The SDK finds it by a file on the class path; requests of the local
 * stack's functions, which are in the same process, come from other threads and are passed over.
 */
public final class CommandRequests implements ExecutionInterceptor {
    private static final InheritableThreadLocal<Set<Asked>> ASKED = new InheritableThreadLocal<>();

    /** @param key of an object, or the prefix of a list; empty if the request has none */
    record Asked(String action, String key) {}

    /** What {@code command} asks for. */
    static Set<Asked> of(IntSupplier command, int exitCode, Supplier<String> told) {
        var asked = ConcurrentHashMap.<Asked>newKeySet();
        ASKED.set(asked);
        try {
            var code = command.getAsInt();
            if (code != exitCode) {
                throw new AssertionError("exit code " + code + " instead of " + exitCode + ": " + told.get());
            }
        } finally {
            ASKED.remove();
        }
        return asked;
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        var asked = ASKED.get();
        var service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
        if (asked == null || service.equals("DynamoDb") || service.equals("Sts")) {
            return;
        }
        var operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        var action = service.equals("Sfn")
                ? "states:" + operation
                : "s3:" + operation.replace("ListObjectsV2", "ListBucket").replace("HeadObject", "GetObject");
        asked.add(new Asked(action, key(context.request()).orElse("")));
    }

    private static Optional<String> key(SdkRequest request) {
        return request.sdkFields().stream()
                .filter(field -> field.memberName().equals("Key"))
                .findFirst()
                .map(field -> String.valueOf(field.getValueOrDefault(request)));
    }
}
