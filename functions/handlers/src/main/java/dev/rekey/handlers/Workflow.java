package dev.rekey.handlers;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The workflow's document and the functions that it names. */
public final class Workflow {
    private static final String DOCUMENT = "migration.asl.json";

    private Workflow() {}

    /** A function of the workflow. */
    public enum Step {
        PREPARE("Prepare", PrepareHandler::new),
        ANALYZE("Analyze", AnalyzeHandler::new),
        MATCH("Match", MatchHandler::new),
        JUDGE("Judge", JudgeHandler::new),
        TEST("Test", TestHandler::new),
        MIGRATE("Migrate", MigrateHandler::new),
        VERIFY("Verify", VerifyHandler::new),
        FENCE("Fence", FenceHandler::new),
        ROLLBACK("Rollback", RollbackHandler::new),
        REPORT("Report", ReportHandler::new);

        private final String word;
        private final Function<Bootstrap, RequestStreamHandler> handler;

        Step(String word, Function<Bootstrap, RequestStreamHandler> handler) {
            this.word = word;
            this.handler = handler;
        }

        /** Name of the function, such as {@code rekey-prepare}. */
        public String functionName() {
            return "rekey-" + name().toLowerCase(java.util.Locale.ROOT);
        }

        private String placeholder() {
            return "${" + word + "Function}";
        }
    }

    /** A handler for each function, by the function's name. */
    public static Map<String, RequestStreamHandler> handlers(Bootstrap bootstrap) {
        var handlers = new LinkedHashMap<String, RequestStreamHandler>();
        Arrays.stream(Step.values()).forEach(step -> handlers.put(step.functionName(), step.handler.apply(bootstrap)));
        return handlers;
    }

    /** The document, with the functions' names and the bucket put in. */
    public static String document(String bucket) {
        var document = template().replace("${Bucket}", bucket);
        for (var step : Step.values()) {
            document = document.replace(step.placeholder(), step.functionName());
        }
        return document;
    }

    /** The document as it is deployed, with its placeholders. */
    public static String template() {
        try (var in = Workflow.class.getResourceAsStream(DOCUMENT)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the workflow's document is part of this library", e);
        }
    }
}
