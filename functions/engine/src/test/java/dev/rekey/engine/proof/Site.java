package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.ChangeList;
import dev.rekey.engine.analyze.RecordChange;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.migration.InThread;
import dev.rekey.engine.migration.ShortPages;
import dev.rekey.engine.migration.SteppingTime;
import dev.rekey.engine.run.ChangeKind;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.TaskTokens.TaskToken;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.InMemoryTables;
import dev.rekey.engine.store.Interceptor;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tables, bucket and clock of a sweep, and one process that does everything in its own thread. */
final class Site implements Platform {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration INVOCATION = Duration.ofSeconds(60);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(10);
    private static final int MOST_TRIES = 7;
    private static final Set<StoreException.Kind> TRIED_AGAIN =
            Set.of(StoreException.Kind.UNAVAILABLE, StoreException.Kind.DENIED);
    private static final int PAGE = 2;

    private final Stores stores;
    private final SteppingTime time = new SteppingTime();
    private int pageLimit = PAGE;
    private int invocations;
    private boolean preparing;
    private Consumer<Progress> onEntered = _ -> {};
    private final Beside beside = new Beside(work -> invoke(new Work(Kind.OTHER, 0), call -> {
        work.accept(call);
        return call;
    }));

    /** With an empty bucket, in memory. */
    Site(InMemoryTables tables) {
        this(new MemoryStores(tables, new InMemoryObjects()));
    }

    Site(Stores stores) {
        this.stores = stores;
    }

    /** The same site again, in memory; what happens to one of the two does not touch the other. */
    Site copy() {
        return on(held());
    }

    /** A site with this one's clock and with {@code others}, which hold what this one's hold. */
    Site on(Stores others) {
        var copy = new Site(others);
        copy.time.sleep(Duration.between(copy.time.instant(), time.instant()));
        copy.invocations = invocations;
        copy.pageLimit = pageLimit;
        return copy;
    }

    /** Everything in tables and bucket, in memory. */
    MemoryStores held() {
        return stores.held();
    }

    void intercept(Interceptor interceptor) {
        stores.intercept(beside.over(interceptor));
    }

    /** From now on an operator does something while an execution works on {@code run}. */
    void meddle(Meddling with, RunId run) {
        beside.meddle(with, run);
        intercept(Interceptor.none());
    }

    /** Whether a request that is made now is none of the execution's workers. */
    boolean isAside() {
        return beside.isBusy();
    }

    void onEntered(Consumer<Progress> then) {
        onEntered = then;
    }

    /** How many functions were invoked until now. */
    int invocations() {
        return invocations;
    }

    /** As if so many functions had been invoked. */
    void invoked(int functions) {
        invocations = functions;
    }

    /** Scans give at most so many records from now on. */
    void pageLimit(int records) {
        pageLimit = records;
    }

    @Override
    public <T> T invoke(Work work, Function<FunctionCall, T> function) {
        for (int tries = 1; true; tries++) {
            try {
                return invokedOnce(function);
            } catch (StoreException e) {
                // As often as the state machine tries it.
                if (!TRIED_AGAIN.contains(e.kind()) || tries == MOST_TRIES) {
                    throw new StateFailed(e.getMessage());
                }
                sleep(BETWEEN_TRIES);
            }
        }
    }

    private <T> T invokedOnce(Function<FunctionCall, T> function) {
        int number = invocations++;
        var invocation = new Invocation(
                "invocation-" + number, time.instant().plus(INVOCATION), time, new InThread(), new Random(number));
        // A probe that sees short pages would cut the tables into many segments.
        var shortPages = new ShortPages(stores.tables(), () -> preparing ? 0 : pageLimit);
        return function.apply(new FunctionCall(invocation, stores.objects(), shortPages, beside.tokens()));
    }

    @Override
    public void each(List<WorkItem> items, Consumer<WorkItem> child) {
        items.forEach(child);
    }

    @Override
    public void await(RunId run, Work work, BiConsumer<FunctionCall, TaskToken> function) {
        var token = new TaskToken("task-" + invocations);
        beside.await(token, run, call -> function.accept(call, token));
    }

    @Override
    public boolean isOneProcess() {
        return true;
    }

    @Override
    public Instant now() {
        return time.instant();
    }

    @Override
    public void sleep(Duration duration) {
        time.sleep(duration);
    }

    @Override
    public void entered(Progress progress) {
        preparing = progress.state() == Progress.State.PREPARE;
        beside.entered(progress);
        stores.stateBegins();
        onEntered.accept(progress);
    }

    /** Everything in the tables, as text. */
    String dump() {
        return stores.dump();
    }

    boolean holds(String key) {
        return !stores.contents(key).isEmpty();
    }

    /** The checkpoints of a stage with their keys, but for when what was done; no two runs differ in them. */
    String checkpoints(RunId run, Stage stage) {
        return stores.contents("runs/" + run + "/checkpoints/" + stage.name() + "/").entrySet().stream()
                .map(one -> one.getKey() + " " + withoutHistory(one.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static JsonNode withoutHistory(byte[] checkpoint) {
        try {
            var json = (ObjectNode) JSON.readTree(checkpoint);
            assertThat(json.remove("history")).as("the history of a checkpoint").isNotNull();
            // How many attempts a copy took.
            ((ObjectNode) json.get("progress")).remove("logged");
            return json;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String control(RunId run) {
        return contents("runs/" + run + "/control.json");
    }

    String locks() {
        return contents("locks/");
    }

    private String contents(String prefix) {
        return stores.contents(prefix).entrySet().stream()
                .map(one -> one.getKey() + " " + new String(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("\n"));
    }

    Manifest manifest(RunId run) {
        var invocation = invoke(new Work(Kind.OTHER, 0), call -> call);
        return invocation
                .documents()
                .get(new RunFolder(run).manifest(), Manifest.class)
                .value();
    }

    /** Every line in the list of changes of a run. */
    List<RecordChange> changes(RunId run) {
        var documents = invoke(new Work(Kind.OTHER, 0), call -> call).documents();
        var prefix = new ChangeList(documents, manifest(run)).prefix();
        return documents.list(prefix).stream()
                .flatMap(key -> documents.lines(key, RecordChange.class).stream())
                .toList();
    }

    /** What its checkpoints counted of them. */
    Map<TableName, Map<ChangeKind, Long>> changeCounts(RunId run) {
        var documents = invoke(new Work(Kind.OTHER, 0), call -> call).documents();
        return new ChangeList(documents, manifest(run)).counts();
    }

    /** The undo log of a run as the engine reads it. */
    UndoLog undoLog(RunId run) {
        var invocation = invoke(new Work(Kind.OTHER, 0), call -> call);
        return new UndoLog(invocation.documents(), new RunFolder(run));
    }
}
