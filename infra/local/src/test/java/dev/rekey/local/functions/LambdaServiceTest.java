package dev.rekey.local.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LambdaServiceTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final List<String> log = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo",
                "echo:live",
                "echo:$LATEST",
                "000000000000:function:echo",
                "arn:aws:lambda:us-east-1:000000000000:function:echo",
                "arn:aws:lambda:us-east-1:000000000000:function:echo:7"
            })
    void everyFormOfANameFindsTheFunction(String name) throws InterruptedException {
        LambdaService lambda = service(Functions.none().with("echo", (payload, call) -> payload));
        assertThat(lambda.invoke(name, bytes("{\"a\":1.50}")))
                .isInstanceOfSatisfying(
                        InvokeOutcome.Answered.class,
                        answered -> assertThat(answered.payload()).asString().isEqualTo("{\"a\":1.50}"));
    }

    @Test
    void whatIsNoNameIsRefused() {
        assertThat(service(Functions.none())
                        .refuse("a/b", bytes("{}"))
                        .orElseThrow()
                        .error())
                .isEqualTo("ValidationException");
        assertThatThrownBy(() -> FunctionName.parse("arn:aws:s3:::bucket"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("arn:aws:s3:::bucket");
    }

    @Test
    void anUnknownFunctionIsRefusedByItsArn() throws InterruptedException {
        assertThat(service(Functions.none()).invoke("nobody", bytes("{}")))
                .isEqualTo(new InvokeOutcome.Refused(
                        "ResourceNotFoundException",
                        404,
                        "Function not found: arn:aws:lambda:eu-west-1:123456789012:function:nobody"));
    }

    @Test
    void aPayloadThatIsNoJsonOrTooLongIsRefused() {
        LambdaService lambda = service(Functions.none().with("echo", (payload, call) -> payload));
        assertThat(lambda.refuse("echo", bytes("{\"a\":")).orElseThrow().error())
                .isEqualTo("InvalidRequestContentException");
        assertThat(lambda.refuse("echo", bytes("{} {}")).orElseThrow().status()).isEqualTo(400);
        byte[] most = bytes("\"" + "x".repeat(LambdaService.MOST_BYTES - 2) + "\"");
        assertThat(lambda.refuse("echo", most)).isEmpty();
        byte[] more = bytes("\"" + "x".repeat(LambdaService.MOST_BYTES - 1) + "\"");
        assertThat(lambda.refuse("echo", more).orElseThrow().status()).isEqualTo(413);
    }

    @Test
    void aFailureIsNamedAfterTheClassOfItsException() throws InterruptedException {
        FunctionError error = failure(Functions.none().with("bad", (payload, call) -> {
            throw new IllegalStateException("the reason");
        }));
        assertThat(error.type()).isEqualTo("java.lang.IllegalStateException");
        assertThat(error.message()).isEqualTo("the reason");
        assertThat(error.stackTrace().getFirst()).contains("LambdaServiceTest");
        assertThat(error.json().fieldNames()).toIterable().containsExactly("errorMessage", "errorType", "stackTrace");
    }

    @Test
    void anErrorWithoutAMessageHasItsNameForOne() throws InterruptedException {
        FunctionError error = failure(Functions.none().with("bad", (payload, call) -> {
            throw new StackOverflowError();
        }));
        assertThat(error.message()).isEqualTo("java.lang.StackOverflowError");
    }

    @Test
    void aFunctionThatOverrunsIsInterruptedAndTimedOut() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        Functions functions = Functions.none().with("bad", (payload, call) -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
                interrupted.countDown();
            }
            return payload;
        });
        FunctionError error = failure(service(functions, Duration.ofMillis(30)));
        assertThat(error.type()).isEqualTo("Sandbox.Timedout");
        assertThat(error.message()).endsWith("Task timed out after 0.03 seconds");
        assertThat(error.stackTrace()).isEmpty();
        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anAnswerThatIsTooLongIsAFailure() throws InterruptedException {
        FunctionError error =
                failure(Functions.none().with("bad", (payload, call) -> new byte[LambdaService.MOST_BYTES + 1]));
        assertThat(error.type()).isEqualTo("Function.ResponseSizeTooLarge");
    }

    @Test
    void aHandlerIsCalledWithARealContext() throws InterruptedException {
        Functions functions = Functions.none().withHandler("real", (input, output, context) -> {
            context.getLogger().log("a line");
            String seen = String.join(
                    " ",
                    new String(input.readAllBytes(), StandardCharsets.UTF_8),
                    context.getFunctionName(),
                    context.getInvokedFunctionArn(),
                    context.getFunctionVersion(),
                    Integer.toString(context.getRemainingTimeInMillis()));
            output.write(bytes(seen));
        });
        assertThat(service(functions).invoke("real", bytes("")))
                .isInstanceOfSatisfying(
                        InvokeOutcome.Answered.class,
                        answered -> assertThat(answered.payload())
                                .asString()
                                .isEqualTo("{} real arn:aws:lambda:eu-west-1:123456789012:function:real $LATEST 5000"));
        assertThat(log).singleElement().asString().endsWith(" real a line");
    }

    @Test
    void anEventIsRunWithoutAnyoneWaiting() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        LambdaService lambda = service(Functions.none().with("later", (payload, call) -> {
            ran.countDown();
            return payload;
        }));
        assertThat(lambda.invokeLater("later", bytes("{}"))).isEqualTo(Optional.empty());
        assertThat(ran.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(lambda.invokeLater("nobody", bytes("{}")).orElseThrow().status())
                .isEqualTo(404);
    }

    private FunctionError failure(Functions functions) throws InterruptedException {
        return failure(service(functions));
    }

    private static FunctionError failure(LambdaService lambda) throws InterruptedException {
        InvokeOutcome outcome = lambda.invoke("bad", bytes("{}"));
        assertThat(outcome).isInstanceOf(InvokeOutcome.FunctionFailed.class);
        return ((InvokeOutcome.FunctionFailed) outcome).error();
    }

    private LambdaService service(Functions functions) {
        return service(functions, Duration.ofSeconds(5));
    }

    private LambdaService service(Functions functions, Duration timeout) {
        return new LambdaService(
                functions,
                new LambdaService.Settings("eu-west-1", "123456789012", timeout, InstantSource.fixed(NOW), log::add),
                new Random(1));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
