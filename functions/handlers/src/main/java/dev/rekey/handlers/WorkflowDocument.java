package dev.rekey.handlers;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The workflow's document and the functions that it names. */
public final class WorkflowDocument {
    /** How many workers run at once by default. */
    static final int CONCURRENCY = 40;

    private static final String DOCUMENT = "migration.asl.json";

    private WorkflowDocument() {}

    /** A function of the workflow. */
    public enum Step {
        PREPARE,
        ANALYZE,
        MATCH,
        JUDGE,
        TEST,
        MIGRATE,
        VERIFY,
        FENCE,
        ROLLBACK,
        PAUSE,
        REPORT;

        /** Name of the function, such as {@code rekey-prepare}. */
        public String functionName() {
            return "rekey-" + name().toLowerCase(Locale.ROOT);
        }

        /** What stands for the function in the document, such as <code>${PrepareFunction}</code>. */
        String placeholder() {
            return "${" + name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT) + "Function}";
        }

        /** How long an invocation works at most, if nothing else ends it. */
        public Duration longestInvocation(Bootstrap bootstrap) {
            return handler(bootstrap).longest();
        }

        Handler handler(Bootstrap bootstrap) {
            return switch (this) {
                case PREPARE -> new PrepareHandler(bootstrap);
                case ANALYZE -> new AnalyzeHandler(bootstrap);
                case MATCH -> new MatchHandler(bootstrap);
                case JUDGE -> new JudgeHandler(bootstrap);
                case TEST -> new TestHandler(bootstrap);
                case MIGRATE -> new MigrateHandler(bootstrap);
                case VERIFY -> new VerifyHandler(bootstrap);
                case FENCE -> new FenceHandler(bootstrap);
                case ROLLBACK -> new RollbackHandler(bootstrap);
                case PAUSE -> new PauseHandler(bootstrap);
                case REPORT -> new ReportHandler(bootstrap);
            };
        }
    }

    /** A handler for each function, by the function's name. */
    public static Map<String, RequestStreamHandler> handlers(Bootstrap bootstrap) {
        var handlers = new LinkedHashMap<String, RequestStreamHandler>();
        Arrays.stream(Step.values()).forEach(step -> handlers.put(step.functionName(), step.handler(bootstrap)));
        return handlers;
    }

    /**
     * The document, with the functions' names, the bucket and the number of workers put in, and every table granted, for the partition {@code aws}.
     *
     * @param concurrency how many workers run at once
     */
    public static String document(String bucket, int concurrency) {
        return document("aws", bucket, concurrency);
    }

    /** The same for a partition such as {@code aws-us-gov}. */
    public static String document(String partition, String bucket, int concurrency) {
        var document = template()
                .replace("${Partition}", partition)
                .replace("${Bucket}", bucket)
                .replace("${Concurrency}", Integer.toString(concurrency))
                .replace("${TargetTableArns}", "*")
                .replace("${InPlaceTableArns}", "*");
        for (var step : Step.values()) {
            document = document.replace(step.placeholder(), step.functionName());
        }
        return document;
    }

    /** The document as it is deployed, with its placeholders. */
    public static String template() {
        try (var in = WorkflowDocument.class.getResourceAsStream(DOCUMENT)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the workflow's document is part of this library", e);
        }
    }
}
