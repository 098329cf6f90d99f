package dev.rekey.bench;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/**
 * What the functions ask the stores for, and how long they wait for it. The SDK finds it by a file on the class path and
 * shows it every request of every client; those of no function are passed over.
 */
public final class Requests implements ExecutionInterceptor {
    /** A function's requests are made in threads that it starts, which inherit this. */
    private static final InheritableThreadLocal<String> FUNCTION = new InheritableThreadLocal<>();

    private static final ExecutionAttribute<Long> BEGUN = new ExecutionAttribute<>("RekeyBenchBegun");
    private static final ConcurrentLinkedQueue<One> ALL = new ConcurrentLinkedQueue<>();

    private record One(String function, String operation, double units, long nanos) {}

    /**
     * Of one operation.
     *
     * @param units of capacity that DynamoDB consumed
     * @param seconds that its requests took, one after the other
     */
    record Sum(String operation, int requests, double units, double seconds) {
        private Sum plus(One one) {
            return new Sum(operation, requests + 1, units + one.units(), seconds + one.nanos() / 1e9);
        }
    }

    /** The handler, whose requests are counted under {@code function}. */
    static RequestStreamHandler around(String function, RequestStreamHandler handler) {
        return (input, output, context) -> {
            FUNCTION.set(function);
            try {
                handler.handleRequest(input, output, context);
            } finally {
                FUNCTION.remove();
            }
        };
    }

    static void clear() {
        ALL.clear();
    }

    /** Of {@code functions}, since the last {@link #clear}; by operation, such as {@code DynamoDb Scan}. */
    static List<Sum> of(Collection<String> functions) {
        Map<String, Sum> sums = new TreeMap<>();
        for (var one : ALL) {
            if (functions.contains(one.function())) {
                sums.compute(one.operation(), (name, sum) -> (sum == null ? new Sum(name, 0, 0, 0) : sum).plus(one));
            }
        }
        return List.copyOf(sums.values());
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        attributes.putAttribute(BEGUN, System.nanoTime());
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        var function = FUNCTION.get();
        if (function != null) {
            var operation = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME) + " "
                    + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
            long took = System.nanoTime() - attributes.getAttribute(BEGUN);
            ALL.add(new One(function, operation, units(context.response()), took));
        }
    }

    private static double units(SdkResponse response) {
        return response.getValueForField("ConsumedCapacity", Object.class)
                .map(capacity -> switch (capacity) {
                    case ConsumedCapacity one -> units(Optional.of(one));
                    case List<?> several ->
                        several.stream()
                                .mapToDouble(one -> units(Optional.of((ConsumedCapacity) one)))
                                .sum();
                    default -> 0.0;
                })
                .orElse(0.0);
    }

    private static double units(Optional<ConsumedCapacity> capacity) {
        return capacity.map(ConsumedCapacity::capacityUnits).orElse(0.0);
    }
}
