package dev.rekey.local.migration;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * Writes down what the functions of this JVM's stacks ask AWS for, in the words of IAM. The SDK finds it by a file on the
 * class path and shows it every request of every client; those of no function are passed over.
 */
public final class Recorder implements ExecutionInterceptor {
    /** A function's requests are made in threads that it starts, which inherit this. */
    private static final InheritableThreadLocal<String> FUNCTION = new InheritableThreadLocal<>();

    private static final Set<Used> USED = ConcurrentHashMap.newKeySet();

    private static volatile Predicate<Used> refused = _ -> false;
    private static volatile Function<Used, Stream<Used>> behind = _ -> Stream.of();

    /** Operations that are named otherwise than the action that allows them. */
    private static final Map<String, String> ACTIONS =
            Map.of("s3:ListObjectsV2", "s3:ListBucket", "s3:HeadObject", "s3:GetObject");

    private static final Map<String, String> PREFIXES = Map.of("DynamoDb", "dynamodb", "S3", "s3", "Sfn", "states");

    /**
     * @param function such as {@code rekey-migrate}
     * @param action such as {@code dynamodb:Scan}
     * @param resource its ARN; {@code *} for an action that knows none
     */
    record Used(String function, String action, String resource) implements Comparable<Used> {
        @Override
        public int compareTo(Used other) {
            return toString().compareTo(other.toString());
        }
    }

    /** The handler, whose requests are written down under {@code function}. */
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

    /** From now on, the service refuses these requests of functions, as if nothing allowed them. */
    static void refuse(Predicate<Used> requests) {
        refused = requests;
    }

    /**
     * What stands behind a request, which AWS asks for in the function's name: a role that is assumed for it, whose rights
     * then count instead of the function's, or the uses of a key. It can be refused, and is not written down.
     */
    static void behind(Function<Used, Stream<Used>> requests) {
        behind = requests;
    }

    /** Everything that was asked for until now, but for what was refused. */
    static SortedSet<Used> used() {
        return new TreeSet<>(USED);
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        var function = Optional.ofNullable(FUNCTION.get());
        function.ifPresent(name -> {
            var service = PREFIXES.get(attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME));
            var operation = service + ":" + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
            resources(operation, context.request())
                    .map(resource -> new Used(name, ACTIONS.getOrDefault(operation, operation), resource))
                    .forEach(Recorder::use);
        });
    }

    private static void use(Used request) {
        var others = behind.apply(request).toList();
        boolean inRole = others.stream().anyMatch(one -> one.action().startsWith("sts:"));
        Stream.concat(others.stream(), inRole ? Stream.of() : Stream.of(request))
                .filter(refused)
                .findFirst()
                .ifPresent(one -> {
                    throw denied(one);
                });
        // In another account, the template allows the function nothing.
        if (!inRole) {
            USED.add(request);
        }
    }

    /** As the service answers that one asks: STS for a role; DynamoDB for a table, and for the table's key. */
    private static AwsServiceException denied(Used request) {
        var text = "is not authorized to perform: %s on resource: %s".formatted(request.action(), request.resource());
        return switch (request.action().split(":", 2)[0]) {
            case "sts" ->
                StsException.builder()
                        .statusCode(403)
                        .awsErrorDetails(details("Sts", "AccessDenied", text))
                        .build();
            case "kms" -> denied("KMS key access denied error: " + text);
            default -> denied("No policy allows it.");
        };
    }

    private static AwsServiceException denied(String text) {
        return DynamoDbException.builder()
                .statusCode(400)
                .awsErrorDetails(details("DynamoDb", "AccessDeniedException", text))
                .build();
    }

    private static AwsErrorDetails details(String service, String code, String text) {
        return AwsErrorDetails.builder()
                .serviceName(service)
                .errorCode(code)
                .errorMessage(text)
                .build();
    }

    private static Stream<String> resources(String operation, SdkRequest request) {
        if (operation.startsWith("dynamodb:")) {
            return Stream.concat(
                            value(request, "TableName").stream(),
                            request.getValueForField("RequestItems", Map.class).stream()
                                    .flatMap(items -> ((Map<?, ?>) items)
                                            .keySet().stream().map(String::valueOf)))
                    .map(table -> "arn:aws:dynamodb:us-east-1:000000000000:table/" + table);
        }
        if (operation.startsWith("s3:")) {
            // The bucket of the stack that is compared, also where another stack has another one.
            var bucket =
                    "arn:aws:s3:::" + value(request, "Bucket").orElseThrow().replaceFirst("^rekey-.*", "rekey");
            return Stream.of(
                    value(request, "Key").map(key -> bucket + "/" + key).orElse(bucket));
        }
        // As tables, in the region whose template is compared, wherever the stack seems to be.
        return Stream.of(Stream.of("executionArn", "mapRunArn")
                .flatMap(field -> value(request, field).stream())
                .findFirst()
                .map(arn -> arn.replaceFirst("^arn:[^:]+:states:[^:]+:", "arn:aws:states:us-east-1:"))
                .orElse("*"));
    }

    private static Optional<String> value(SdkRequest request, String field) {
        return List.copyOf(request.sdkFields()).stream()
                .filter(one -> one.memberName().equals(field))
                .findFirst()
                .map((SdkField<?> one) -> one.getValueOrDefault(request))
                .map(String::valueOf);
    }
}
