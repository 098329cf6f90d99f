package dev.rekey.cli.command;

import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.deployment.Deployments;
import dev.rekey.cli.deployment.Lifetime;
import dev.rekey.cli.deployment.StackLocation;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.Side;
import dev.rekey.engine.run.ExecutionArn;
import dev.rekey.engine.run.ExecutionName;
import dev.rekey.engine.run.State;
import dev.rekey.engine.run.TaskTokens;
import dev.rekey.engine.run.Workflow;
import dev.rekey.engine.store.InMemoryDefinitions;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.InMemoryTables;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.TableDefinitions;
import dev.rekey.engine.store.Tables;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A stack whose state machine does what the test says. */
final class FakeStack implements Deployments, Deployment, Workflow {
    static final Instant STARTED = Instant.parse("2026-01-02T03:04:05.678Z");

    final InMemoryObjects bucket = new InMemoryObjects();
    final InMemoryTables store = new InMemoryTables();
    final Map<PhysicalTable, TableShape> tables = new HashMap<>();
    final InMemoryDefinitions definitions = new InMemoryDefinitions();
    final Set<TaskTokens.TaskToken> waiting = new HashSet<>();
    /** Without who started them, which is the same for all. */
    final List<String> inputs = new ArrayList<>();

    final List<String> callers = new ArrayList<>();
    final List<StackLocation> places = new ArrayList<>();
    private ExecutionName name = new ExecutionName("none");
    private final Deque<State> ends = new ArrayDeque<>();
    private State end = new State.Running();
    private Optional<StoreException> broken = Optional.empty();
    private String brokenFor = "";
    private int open;
    private boolean ended;
    private boolean forgotten;

    /** How the next executions end, one after the other; those after them end as the last. */
    void willEnd(State... states) {
        ends.clear();
        ends.addAll(List.of(states));
        end = states[0];
    }

    /** Step Functions forgets executions after some months. */
    void willBeForgotten() {
        forgotten = true;
    }

    void willFailToStart(StoreException failure) {
        broken = Optional.of(failure);
    }

    /** Executions whose input contains {@code text} cannot be started. */
    void willFailToStart(String text, StoreException failure) {
        brokenFor = text;
        willFailToStart(failure);
    }

    void put(String key, String content) {
        bucket.put(new Objects.ObjectKey(key), content.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String identity() {
        return "arn:aws:sts::000000000000:assumed-role/Operators/jane";
    }

    /** Whether somebody ended the stack before closing it. */
    boolean isEnded() {
        return ended;
    }

    /** Whether everything that was opened is closed. */
    boolean isClosed() {
        return open == 0;
    }

    @Override
    public Deployment open(StackLocation place) {
        places.add(place);
        open++;
        return this;
    }

    @Override
    public Started start(ExecutionName newName, String input) {
        broken.filter(_ -> input.contains(brokenFor)).ifPresent(failure -> {
            throw failure;
        });
        inputs.add(input.replaceFirst(",\"startedBy\":\\{[^}]*}", ""));
        callers.add(input.replaceFirst(".*\"startedBy\":(\\{[^}]*}).*", "$1"));
        name = newName;
        Optional.ofNullable(ends.poll()).ifPresent(next -> end = next);
        return new Started(
                new ExecutionArn("arn:aws:states:eu-central-1:111122223333:execution:rekey:" + newName), STARTED);
    }

    @Override
    public Seen describe(ExecutionArn execution) {
        if (forgotten) {
            throw new StoreException(StoreException.Kind.MISSING, "Step Functions has no such execution");
        }
        return new Seen(name, STARTED, end);
    }

    @Override
    public Workflow workflow() {
        return this;
    }

    @Override
    public String bucket() {
        return "bucket";
    }

    @Override
    public Objects objects() {
        if (ended) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "the stack has ended");
        }
        return bucket;
    }

    @Override
    public Tables tables(Side side) {
        return store;
    }

    @Override
    public TableDefinitions definitions(Side side) {
        return definitions;
    }

    @Override
    public List<PhysicalTable> tableNames(Side side) {
        return List.copyOf(tables.keySet());
    }

    @Override
    public Optional<TableShape> describe(Side side, PhysicalTable table) {
        return tables.isEmpty() ? Optional.of(created(table)) : Optional.ofNullable(tables.get(table));
    }

    /** Where a test says nothing of tables, all that it names exist and are empty. */
    private TableShape created(PhysicalTable table) {
        return store.describe(table).orElseGet(() -> {
            var id = new KeyAttribute("id", KeyType.S);
            var shape = new TableShape(table, "111122223333", "eu-central-1", id, Optional.empty(), Map.of());
            store.createTable(shape);
            return shape;
        });
    }

    @Override
    public Lifetime lifetime() {
        return switch (places.getLast()) {
            case StackLocation.Aws _ -> Lifetime.CLOUD;
            case StackLocation.Local _ -> Lifetime.COMMAND;
        };
    }

    @Override
    public boolean isGone() {
        return false;
    }

    @Override
    public void endOwnStack() {
        ended = true;
    }

    @Override
    public TaskTokens taskTokens() {
        return waiting::remove;
    }

    @Override
    public void close() {
        open--;
    }
}
