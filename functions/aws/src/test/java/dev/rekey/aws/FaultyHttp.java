package dev.rekey.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

/** Real connections, of which the next requests go wrong as they are told. */
final class FaultyHttp implements SdkHttpClient {
    private final SdkHttpClient real = ApacheHttpClient.create();
    private final Queue<Fault> faults = new ArrayDeque<>();
    private final List<String> sent = new ArrayList<>();

    /** What becomes of one request. */
    sealed interface Fault {
        /** It goes through. */
        record None() implements Fault {}

        /** The service does it, and its answer is lost. */
        record AnswerLost() implements Fault {}

        /** The service never gets it. */
        record NotSent() implements Fault {}

        /** The service never gets it, and this is the answer. */
        record Answer(int status, String contentType, String body) implements Fault {
            static Answer ofDynamoDb(int status, String code, String message) {
                var body = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + code + "\",\"message\":\"" + message
                        + "\"}";
                return new Answer(status, "application/x-amz-json-1.0", body);
            }

            static Answer ofS3(int status, String code) {
                return new Answer(
                        status,
                        "application/xml",
                        "<Error><Code>" + code + "</Code><Message>injected</Message></Error>");
            }
        }
    }

    void next(Fault... faults) {
        for (var fault : faults) {
            this.faults.add(fault);
        }
    }

    /** How many requests were made, whatever became of them. */
    int requests() {
        return sent.size();
    }

    /** The last request: its URL, its Authorization header and its content. */
    String lastSent() {
        return sent.getLast();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        sent.add(text(request));
        var fault = faults.isEmpty() ? new Fault.None() : faults.remove();
        return switch (fault) {
            case Fault.None _ -> real.prepareRequest(request);
            case Fault.AnswerLost _ ->
                executable(() -> {
                    var answer = real.prepareRequest(request).call();
                    if (answer.responseBody().isPresent()) {
                        answer.responseBody().get().readAllBytes();
                    }
                    throw new IOException("connection reset");
                });
            case Fault.NotSent _ ->
                executable(() -> {
                    throw new IOException("connection refused");
                });
            case Fault.Answer answer -> executable(() -> response(answer));
        };
    }

    @Override
    public void close() {
        real.close();
    }

    private static String text(HttpExecuteRequest request) {
        var http = request.httpRequest();
        var content = request.contentStreamProvider().map(FaultyHttp::text).orElse("");
        return http.getUri() + " " + http.firstMatchingHeader("Authorization").orElse("") + " " + content;
    }

    private static String text(ContentStreamProvider provider) {
        try (var stream = provider.newStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Call {
        HttpExecuteResponse call() throws IOException;
    }

    private static ExecutableHttpRequest executable(Call call) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return call.call();
            }

            @Override
            public void abort() {}
        };
    }

    private static HttpExecuteResponse response(Fault.Answer answer) {
        var body = answer.body().getBytes(StandardCharsets.UTF_8);
        return HttpExecuteResponse.builder()
                .response(SdkHttpFullResponse.builder()
                        .statusCode(answer.status())
                        .putHeader("Content-Type", answer.contentType())
                        .putHeader("Content-Length", String.valueOf(body.length))
                        .build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                .build();
    }
}
