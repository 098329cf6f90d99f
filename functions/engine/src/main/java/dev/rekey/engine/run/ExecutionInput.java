package dev.rekey.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The small document that starts an execution.
 *
 * @param run that exists already; empty if the execution is to be a run of its own
 * @param said the other fields by name; what is not said is left out
 */
public record ExecutionInput(Action action, Optional<RunId> run, Map<String, JsonNode> said) {
    private static final List<String> ORDER = List.of(
            "plan",
            "files",
            "parameters",
            "run",
            "sample",
            "changes",
            "allowWarnings",
            "deleteGone",
            "keepGone",
            "tables",
            "without",
            "where",
            "table",
            "id",
            "confirm",
            "keep",
            "onFailure",
            "cascade",
            "drift",
            "exclusive",
            "verify",
            "keepLimit",
            "showValues",
            "startedBy");

    public ExecutionInput {
        said = Map.copyOf(said);
    }

    /** @param plan {@code s3://} address of the plan */
    public static ExecutionInput ofPlan(Action action, String plan) {
        return new ExecutionInput(action, Optional.empty(), Map.of("plan", TextNode.valueOf(plan)));
    }

    public static ExecutionInput ofRun(Action action, RunId run) {
        return new ExecutionInput(action, Optional.of(run), Map.of("run", TextNode.valueOf(run.value())));
    }

    /** @param addresses of the files that the plan names, by the name that it has for each */
    public ExecutionInput files(Map<String, String> addresses) {
        return with("files", addresses);
    }

    /** @param values of parameters of the plan, by name, as they were typed */
    public ExecutionInput parameters(Map<String, String> values) {
        return with("parameters", values);
    }

    /** With the plan's name, for what writes. */
    public ExecutionInput confirmed(PlanName name) {
        return with("confirm", Optional.of(name.value()));
    }

    public ExecutionInput of(Optional<TableName> oneTable) {
        return with("table", oneTable.map(TableName::value));
    }

    /**
     * @param oldId of the record to test, as text
     * @param stays whether it stays
     */
    public ExecutionInput record(Optional<String> oldId, boolean stays) {
        return with("id", oldId).flagged("keep", stays);
    }

    /** @param records at most so many of each table are read */
    public ExecutionInput sample(Optional<Integer> records) {
        return records.<ExecutionInput>map(most -> with("sample", IntNode.valueOf(most)))
                .orElse(this);
    }

    /** Whether it is listed what would become of each record. */
    public ExecutionInput changes(boolean whether) {
        return flagged("changes", whether);
    }

    /** Whether references that the plan may have forgotten to declare keep nothing from being written. */
    public ExecutionInput allowingWarnings(boolean whether) {
        return flagged("allowWarnings", whether);
    }

    /** Whether copies are deleted whose source records are gone. */
    public ExecutionInput deletingGone(boolean whether) {
        return flagged("deleteGone", whether);
    }

    /** The same, to keep what the newest verification of the plan lists as gone. */
    public ExecutionInput keepingGone(boolean whether) {
        return flagged("keepGone", whether);
    }

    /** @param fields of the input by name, as a caller sent them */
    public ExecutionInput also(Map<String, JsonNode> fields) {
        var more = new HashMap<>(said);
        more.putAll(fields);
        return new ExecutionInput(action, run, more);
    }

    public ExecutionInput scope(Scope scope) {
        return with("tables", scope.tables()).with("without", scope.without()).with("where", scope.where());
    }

    public ExecutionInput onFailure(Optional<OnFailure> what) {
        return with("onFailure", what.map(OnFailure::word));
    }

    public ExecutionInput drift(Optional<Drift> what) {
        return with("drift", what.map(Drift::word));
    }

    public ExecutionInput cascade(boolean whether) {
        return flagged("cascade", whether);
    }

    /** Whether nothing else writes in the meantime. */
    public ExecutionInput exclusive(boolean whether) {
        return flagged("exclusive", whether);
    }

    /** Whether what a rollback leaves is compared with what was there before the run. */
    public ExecutionInput verify(boolean whether) {
        return flagged("verify", whether);
    }

    /** Whether a rollback keeps the limit of writes that the run has. */
    public ExecutionInput keepLimit(boolean whether) {
        return flagged("keepLimit", whether);
    }

    /** Whether values that differ are written down, and not only where they stand. */
    public ExecutionInput showingValues(boolean whether) {
        return flagged("showValues", whether);
    }

    /** Who starts it. */
    public ExecutionInput startedBy(Caller caller) {
        return with(
                "startedBy",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("identity", caller.identity())
                        .put("from", caller.from())
                        .put("version", caller.version()));
    }

    /** As JSON, without what is not said. */
    public String json() {
        var json = JsonNodeFactory.instance.objectNode().put("action", action.word());
        ORDER.stream().filter(said::containsKey).forEach(name -> json.set(name, said.get(name)));
        return json.toString();
    }

    private ExecutionInput flagged(String name, boolean whether) {
        return whether ? with(name, BooleanNode.TRUE) : this;
    }

    private ExecutionInput with(String name, Optional<String> text) {
        return text.<ExecutionInput>map(value -> with(name, TextNode.valueOf(value)))
                .orElse(this);
    }

    private ExecutionInput with(String name, List<TableName> tables) {
        var names = JsonNodeFactory.instance.arrayNode();
        tables.forEach(table -> names.add(table.value()));
        return tables.isEmpty() ? this : with(name, names);
    }

    private ExecutionInput with(String name, Map<String, String> texts) {
        var json = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(texts).forEach(json::put);
        return texts.isEmpty() ? this : with(name, json);
    }

    private ExecutionInput with(String name, JsonNode value) {
        return also(Map.of(name, value));
    }
}
