package dev.rekey.cli.execution;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.engine.plan.PlanName;
import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunId;
import java.util.Optional;

/**
 * The small document that starts an execution.
 *
 * @param plan {@code s3://} address of the plan
 * @param id old id of the record to test, as text
 * @param confirm the plan's name, for what writes
 * @param keep whether a tested record stays
 */
public record ExecutionInput(
        Action action,
        Optional<String> plan,
        Optional<RunId> run,
        Optional<TableName> table,
        Optional<String> id,
        Optional<PlanName> confirm,
        boolean keep) {

    public static ExecutionInput ofPlan(Action action, String plan) {
        return new ExecutionInput(
                action,
                Optional.of(plan),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    public static ExecutionInput ofRun(Action action, RunId run) {
        return new ExecutionInput(
                action,
                Optional.empty(),
                Optional.of(run),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    public ExecutionInput confirmed(PlanName name) {
        return new ExecutionInput(action, plan, run, table, id, Optional.of(name), keep);
    }

    public ExecutionInput of(Optional<TableName> oneTable) {
        return new ExecutionInput(action, plan, run, oneTable, id, confirm, keep);
    }

    public ExecutionInput record(Optional<String> oldId, boolean stays) {
        return new ExecutionInput(action, plan, run, table, oldId, confirm, stays);
    }

    /** As JSON, without what is not said. */
    public String json() {
        var json = JsonNodeFactory.instance.objectNode().put("action", action.word());
        plan.ifPresent(value -> json.put("plan", value));
        run.ifPresent(value -> json.put("run", value.value()));
        table.ifPresent(value -> json.put("table", value.value()));
        id.ifPresent(value -> json.put("id", value));
        confirm.ifPresent(value -> json.put("confirm", value.value()));
        if (keep) {
            json.put("keep", true);
        }
        return json.toString();
    }
}
