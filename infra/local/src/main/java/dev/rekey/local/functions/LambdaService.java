package dev.rekey.local.functions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.interpreter.ports.Partition;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Runs functions by Lambda's rules. The endpoint and the state machine both call it. */
public final class LambdaService implements AutoCloseable {
    /** The longest payload in either direction, in bytes. */
    public static final int MOST_BYTES = 6 * 1024 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Functions functions;
    private final Settings settings;
    private final RandomGenerator random;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    /**
     * @param timeout after which a function is given up on; Lambda's most is 900 s
     * @param log takes the lines that functions log
     */
    public record Settings(
            String region, String account, Duration timeout, InstantSource clock, Consumer<String> log) {}

    /** @param random for request ids; must be safe for use by many threads */
    public LambdaService(Functions functions, Settings settings, RandomGenerator random) {
        this.functions = functions;
        this.settings = settings;
        this.random = random;
    }

    /** Runs a function and waits for its answer. {@code function} is a name or an ARN. */
    public InvokeOutcome invoke(String function, byte[] payload) throws InterruptedException {
        Optional<InvokeOutcome.Refused> refused = refuse(function, payload);
        if (refused.isPresent()) {
            return refused.get();
        }
        FunctionName name = FunctionName.parse(function);
        return run(name, functions.find(name).orElseThrow(), payload);
    }

    /** Runs a function without anyone waiting; why not, if it is refused. */
    public Optional<InvokeOutcome.Refused> invokeLater(String function, byte[] payload) {
        Optional<InvokeOutcome.Refused> refused = refuse(function, payload);
        if (refused.isEmpty()) {
            start("event", new FutureTask<>(() -> invoke(function, payload)));
        }
        return refused;
    }

    /** Whether a call would be refused, and why. */
    public Optional<InvokeOutcome.Refused> refuse(String function, byte[] payload) {
        FunctionName name;
        try {
            name = FunctionName.parse(function);
        } catch (IllegalArgumentException unreadable) {
            return Optional.of(new InvokeOutcome.Refused("ValidationException", 400, unreadable.getMessage()));
        }
        if (functions.find(name).isEmpty()) {
            return Optional.of(
                    new InvokeOutcome.Refused("ResourceNotFoundException", 404, "Function not found: " + arn(name)));
        }
        if (payload.length > MOST_BYTES) {
            return Optional.of(new InvokeOutcome.Refused(
                    "RequestTooLargeException",
                    413,
                    "Request must be smaller than " + MOST_BYTES + " bytes for the InvokeFunction operation"));
        }
        return unreadable(payload);
    }

    /** Interrupts the functions that still run. */
    @Override
    public void close() {
        running.forEach(Thread::interrupt);
    }

    private InvokeOutcome run(FunctionName name, LocalFunction function, byte[] payload) throws InterruptedException {
        String requestId = new UUID(random.nextLong(), random.nextLong()).toString();
        Invocation invocation = new Invocation(
                requestId,
                name,
                arn(name),
                settings.clock().instant().plus(settings.timeout()),
                settings.clock(),
                line -> settings.log().accept(requestId + " " + name + " " + line));
        // An empty request is an empty object to the function, as the service's own clients send it.
        FutureTask<byte[]> call =
                new FutureTask<>(() -> function.run(payload.length == 0 ? new byte[] {'{', '}'} : payload, invocation));
        Thread thread = start(name + " " + requestId, call);
        try {
            byte[] answer = call.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
            return answer.length <= MOST_BYTES
                    ? new InvokeOutcome.Answered(answer)
                    : new InvokeOutcome.FunctionFailed(FunctionError.answerTooLarge(answer.length, MOST_BYTES));
        } catch (ExecutionException failed) {
            return new InvokeOutcome.FunctionFailed(FunctionError.of(failed.getCause()));
        } catch (TimeoutException late) {
            // Lambda ends the whole sandbox here; a thread can only be asked.
            thread.interrupt();
            return new InvokeOutcome.FunctionFailed(FunctionError.timedOut(requestId, settings.timeout()));
        } catch (InterruptedException stopped) {
            thread.interrupt();
            throw stopped;
        }
    }

    private Thread start(String name, FutureTask<?> task) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                task.run();
            } finally {
                running.remove(Thread.currentThread());
            }
        });
        running.add(thread);
        thread.start();
        return thread;
    }

    private String arn(FunctionName name) {
        return "arn:" + Partition.of(settings.region()).name() + ":lambda:" + settings.region() + ":"
                + settings.account() + ":function:" + name;
    }

    private static Optional<InvokeOutcome.Refused> unreadable(byte[] payload) {
        try {
            JSON.readTree(payload);
            return Optional.empty();
        } catch (JsonProcessingException broken) {
            return Optional.of(new InvokeOutcome.Refused(
                    "InvalidRequestContentException",
                    400,
                    "Could not parse request body into json: " + broken.getOriginalMessage()));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
