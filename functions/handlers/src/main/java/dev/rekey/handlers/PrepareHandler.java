package dev.rekey.handlers;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.document.ProblemText;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.ChangeDetail;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.ErrorNames;
import dev.rekey.engine.run.OnFailure;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.FileAddress;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.workflow.AccessState;
import dev.rekey.engine.workflow.FilesOfPlan;
import dev.rekey.engine.workflow.GrantedTables;
import dev.rekey.engine.workflow.Ports;
import dev.rekey.engine.workflow.PrepareState;
import dev.rekey.engine.workflow.Prepared;
import dev.rekey.engine.workflow.Request;
import dev.rekey.engine.workflow.UndoLists;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Prepares the run, or says why it may not start. */
public final class PrepareHandler extends Handler {
    private static final int PROBLEMS_IN_ANSWER = 50;

    /** As Lambda makes it. */
    public PrepareHandler() {
        this(Bootstrap.ofProcess());
    }

    public PrepareHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    /** What the workflow goes by; the document has the fields of all parts side by side. */
    private record Answer(
            String outcome,
            @JsonUnwrapped Execution execution,
            @JsonUnwrapped Route route,
            @JsonUnwrapped Asked asked,
            int concurrency) {}

    private record Execution(String action, RunId run, RunId task, int epoch) {}

    /**
     * @param lowestUndone the level that a rollback ends with
     * @param undo how the keys of the lists of work begin that are gone through
     * @param compareUndone whether what is undone is compared afterwards
     * @param idle the levels in which there is nothing to undo
     */
    private record Route(
            String next,
            int levels,
            int level,
            int lowestUndone,
            String undo,
            boolean compareUndone,
            List<Integer> idle) {}

    private record Asked(String table, String id, boolean keep, String onFailure) {}

    private record Refusal(String outcome, String error, String cause) {}

    @Override
    Duration longest() {
        return LONG;
    }

    @Override
    Object answer(JsonNode input, Ports ports) {
        if (input.has("denied")) {
            var payload = new Payload(input);
            return new AccessState(ports).refuse(payload.task(), payload.text("denied"));
        }
        var started = Instant.parse(input.required("startTime").textValue());
        var task = RunId.of(started, input.required("name").textValue());
        var given = input.required("input");
        var misfit = misfit(given);
        if (misfit.isPresent()) {
            return new Refusal("refused", ErrorNames.REFUSED, misfit.get());
        }
        try {
            var request = request(
                    given,
                    granted(input),
                    new Request.Execution(input.required("execution").textValue(), task, started, StartedBy.of(given)),
                    ports.invocation());
            return switch (new PrepareState(ports).run(request)) {
                case Prepared.Ready ready -> ready(ready, task, concurrency(input));
                case Prepared.Refused refused -> new Refusal("refused", ErrorNames.REFUSED, cause(refused));
            };
        } catch (StoreException e) {
            return switch (e.kind()) {
                case THROTTLED, UNAVAILABLE -> throw e;
                case DENIED, MISSING, INVALID -> new Refusal("refused", ErrorNames.REFUSED, e.getMessage());
            };
        }
    }

    private static Answer ready(Prepared.Ready ready, RunId task, int concurrency) {
        var options = ready.options();
        return new Answer(
                "prepared",
                new Execution(ready.action(), ready.run(), task, ready.epoch()),
                new Route(
                        ready.next().name().toLowerCase(Locale.ROOT),
                        ready.levels(),
                        1,
                        ready.lowestUndone(),
                        ready.next() == Prepared.Next.UNDO ? UndoLists.prefix(task) : "level-",
                        ready.verifyUndone(),
                        ready.idle()),
                new Asked(
                        options.table().orElse(""),
                        options.id().orElse(""),
                        options.keep(),
                        options.onFailureOrDefault().word()),
                concurrency);
    }

    /** The document says it as a text, which a parameter of the deployment stands in. */
    private static int concurrency(JsonNode input) {
        return input.path("concurrency").asInt(WorkflowDocument.CONCURRENCY);
    }

    /** All problems in one text, so that they show where the execution is looked at. */
    private static String cause(Prepared.Refused refused) {
        if (refused.problems().isEmpty()) {
            return refused.cause();
        }
        var shown = refused.problems().stream().limit(PROBLEMS_IN_ANSWER).toList();
        return refused.cause() + "\n" + String.join("\n", ProblemText.lines(shown));
    }

    /** What the document says of the stack's parameters; a document of an earlier version says nothing. */
    private static Optional<GrantedTables> granted(JsonNode input) {
        var granted = input.path("granted");
        return granted.isObject()
                ? Optional.of(new GrantedTables(arns(granted.path("target")), arns(granted.path("inPlace"))))
                : Optional.empty();
    }

    private static List<String> arns(JsonNode list) {
        return Stream.of(list.asText().split(",", -1))
                .filter(arn -> !arn.isEmpty())
                .toList();
    }

    private Request request(
            JsonNode given, Optional<GrantedTables> granted, Request.Execution by, Invocation invocation) {
        return new Request(
                Action.of(given.required("action").textValue()).orElseThrow(),
                new Request.Given(
                        planText(given.path("plan"), invocation), files(given.path("files"), invocation), granted),
                optional(given, "run"),
                optional(given, "confirm"),
                new RunOptions(
                        optional(given, "onFailure").flatMap(OnFailure::of),
                        optional(given, "table"),
                        optional(given, "id"),
                        given.path("keep").asBoolean(false),
                        Optional.of(given.path("sample").asInt()).filter(records -> records > 0),
                        scope(given),
                        ParametersOfInput.of(given),
                        changes(given),
                        given.path("allowWarnings").asBoolean(false),
                        given.path("deleteGone").asBoolean(false),
                        given.path("keepGone").asBoolean(false)),
                new Undoing(
                                optional(given, "table"),
                                given.path("cascade").asBoolean(false),
                                optional(given, "drift").flatMap(Drift::of).orElse(Drift.KEEP),
                                given.path("exclusive").asBoolean(false))
                        .where(scope(given).where())
                        .verifying(given.path("verify").asBoolean(false))
                        .keepingLimit(given.path("keepLimit").asBoolean(false)),
                by);
    }

    private static Optional<ChangeDetail> changes(JsonNode given) {
        return given.path("changes").asBoolean(false)
                ? Optional.of(given.path("showValues").asBoolean(false) ? ChangeDetail.VALUES : ChangeDetail.NAMES)
                : Optional.empty();
    }

    private static Scope scope(JsonNode given) {
        var where = new TreeMap<String, String>();
        given.path("where")
                .properties()
                .forEach(one -> where.put(one.getKey(), one.getValue().asText()));
        return new Scope(names(given, "tables"), names(given, "without"), where);
    }

    private static List<TableName> names(JsonNode given, String field) {
        return given.path(field)
                .valueStream()
                .map(name -> new TableName(name.asText()))
                .toList();
    }

    /** Tables as a list of names, values as an object of texts, and only where a run begins or is verified; values also for a rollback. */
    private static Optional<String> badScope(JsonNode given) {
        var action = given.path("action").asText();
        boolean begins = Stream.of(Action.ANALYZE, Action.VALIDATE, Action.MIGRATE, Action.VERIFY)
                .map(Action::word)
                .anyMatch(action::equals);
        boolean sound = (!given.has("tables") || given.path("tables").isArray())
                && (!given.has("without") || given.path("without").isArray())
                && (!given.has("where") || given.path("where").isObject())
                && Stream.of("tables", "without", "where")
                        .flatMap(field -> given.path(field).valueStream())
                        .allMatch(
                                value -> value.isTextual() && !value.textValue().isEmpty());
        boolean undoes = action.equals(Action.ROLLBACK.word()) && !given.has("tables");
        boolean leavesOut = given.has("without") && action.equals(Action.VERIFY.word());
        if (Stream.of("tables", "without", "where").anyMatch(given::has)
                && !((begins || (undoes && !given.has("without"))) && sound && !leavesOut)) {
            return Optional.of(
                    "Cannot %s: \"tables\", \"without\" or \"where\" is not valid. Nothing was read or written. Use a list of names and an object of texts, and only with analyze, migrate and verify; \"where\" also with rollback, \"without\" only with analyze and migrate."
                            .formatted(action));
        }
        return Optional.empty();
    }

    /** Why the input is refused before anything else is looked at: a choice that there is not, or no plan. */
    static Optional<String> misfit(JsonNode given) {
        var plan = given.path("plan");
        if (!plan.isObject() && !plan.isTextual() && !plan.isMissingNode() && !plan.isNull()) {
            return Optional.of(
                    "Cannot %s: \"plan\" is %s, which is not a plan. Nothing was read or written. Use the plan as text or as an object, or its address starting with s3://."
                            .formatted(given.path("action").asText(), shown(plan)));
        }
        if (given.has("sample") && !isSample(given)) {
            return Optional.of("Cannot %s: \"sample\" is %s. Nothing was read or written. Use a number of at least 1,"
                            .formatted(given.path("action").asText(), given.path("sample"))
                    + " and only with analyze, or with test and without id.");
        }
        if (given.has("changes") && !areChanges(given)) {
            return Optional.of(
                    "Cannot %s: \"changes\" is %s. Nothing was read or written. Use true or false, and only with analyze."
                            .formatted(given.path("action").asText(), given.path("changes")));
        }
        if (given.has("allowWarnings") && !allowsWarnings(given)) {
            return Optional.of(
                    "Cannot %s: \"allowWarnings\" is %s. Nothing was read or written. Use true or false, and only with migrate."
                            .formatted(given.path("action").asText(), given.path("allowWarnings")));
        }
        for (var option : List.of("deleteGone", "keepGone")) {
            if (given.has(option) && !isFlagOfMigrate(given, option)) {
                return Optional.of(
                        "Cannot %s: \"%s\" is %s. Nothing was read or written. Use true or false, and only with migrate."
                                .formatted(given.path("action").asText(), option, given.path(option)));
            }
        }
        return badScope(given)
                .or(() -> StartedBy.misfit(given))
                .or(() -> ParametersOfInput.misfit(given))
                .or(() -> unknown(
                        given,
                        "onFailure",
                        OnFailure::of,
                        Arrays.stream(OnFailure.values()).map(OnFailure::word)))
                .or(() -> unknown(
                        given, "drift", Drift::of, Arrays.stream(Drift.values()).map(Drift::word)));
    }

    private static String shown(JsonNode value) {
        return value.isArray() ? "a list" : value.toString();
    }

    private static boolean isSample(JsonNode given) {
        var sample = given.path("sample");
        return sample.canConvertToInt()
                && sample.asInt() > 0
                && (given.path("action").asText().equals(Action.ANALYZE.word())
                        || (given.path("action").asText().equals(Action.TEST.word()) && !given.has("id")));
    }

    private static boolean areChanges(JsonNode given) {
        return given.path("changes").isBoolean()
                && given.path("action").asText().equals(Action.ANALYZE.word());
    }

    private static boolean allowsWarnings(JsonNode given) {
        return given.path("allowWarnings").isBoolean()
                && given.path("action").asText().equals(Action.MIGRATE.word());
    }

    private static boolean isFlagOfMigrate(JsonNode given, String option) {
        return given.path(option).isBoolean() && given.path("action").asText().equals(Action.MIGRATE.word());
    }

    private static Optional<String> unknown(
            JsonNode given, String name, Function<String, Optional<?>> reading, Stream<String> choices) {
        return optional(given, name)
                .filter(word -> reading.apply(word).isEmpty())
                .map(word ->
                        "Cannot %s: \"%s\" is \"%s\", which is not a valid value. Nothing was changed. Use one of: %s."
                                .formatted(given.path("action").asText(), name, word, Wording.list(choices.toList())));
    }

    private static Optional<String> optional(JsonNode given, String name) {
        var value = given.path(name);
        return value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty();
    }

    /** The plan itself, as an object or a text, or the text behind its S3 address. */
    private Optional<String> planText(JsonNode plan, Invocation invocation) {
        if (plan.isObject()) {
            return Optional.of(plan.toString());
        }
        if (!plan.isTextual()) {
            return Optional.empty();
        }
        var text = plan.textValue();
        return Optional.of(text.startsWith("s3://") ? fetched(URI.create(text), invocation) : text);
    }

    private String fetched(URI address, Invocation invocation) {
        return object(address, invocation)
                .map(plan -> new String(plan, StandardCharsets.UTF_8))
                .orElseThrow(() -> new StoreException(
                        StoreException.Kind.MISSING,
                        "Cannot read the plan: the object does not exist: " + address
                                + ". Nothing was read or written. Upload" + " the plan, or correct its address."));
    }

    /** @param addresses of the files that the plan names, by the name that it has for each */
    private FilesOfPlan files(JsonNode addresses, Invocation invocation) {
        return new FilesOfPlan() {
            @Override
            public Optional<byte[]> find(String name) {
                return optional(addresses, name)
                        .or(() -> Optional.of(name))
                        .filter(address -> address.startsWith("s3://"))
                        .flatMap(address -> object(URI.create(address), invocation));
            }

            @Override
            public Map<String, FileAddress> addresses() {
                var byName = new TreeMap<String, FileAddress>();
                addresses.properties().stream()
                        .filter(one -> one.getValue().asText().startsWith("s3://"))
                        .forEach(one -> byName.put(
                                one.getKey(), FileAddress.of(one.getValue().asText())));
                return byName;
            }
        };
    }

    private Optional<byte[]> object(URI address, Invocation invocation) {
        return new Documents(bootstrap().objectsOf(address.getHost()), invocation.backoff())
                .bytes(new ObjectKey(address.getPath().substring(1)))
                .map(Objects.Stored::content);
    }
}
