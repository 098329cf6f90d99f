package dev.rekey.engine.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rekey.core.plan.Limits;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.PlanName;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.ExecutionArn;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.State;
import dev.rekey.engine.run.Workflow;
import dev.rekey.engine.store.StoreException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What is to be known of a run at a glance. Either document may not be there yet: a run is prepared step by step.
 *
 * @param frozen the plan, as far as it is needed: the name where the manifest does not say it, the types of parameters
 * @param abandoned whether it is known that the run is unfinished and that no execution works on it
 */
public record RunSummary(
        RunId id, Optional<Manifest> manifest, Optional<Control> control, Optional<Plan> frozen, boolean abandoned) {
    /** The same, with a look at whether an execution works on it. */
    public RunSummary lookedAt(Workflow workflow) {
        boolean found = control.filter(one -> one.phase().isUnfinished()).isPresent()
                && execution(workflow)
                        .filter(seen -> seen.state() instanceof State.Running)
                        .isEmpty();
        return new RunSummary(id, manifest, control, frozen, found);
    }

    /** What works on it, or did last; empty if that is not known, as the service forgets executions after some months. */
    public Optional<Workflow.Seen> execution(Workflow workflow) {
        try {
            return control.map(found -> workflow.describe(new ExecutionArn(found.execution())));
        } catch (StoreException e) {
            return switch (e.kind()) {
                case MISSING, INVALID -> Optional.empty();
                case THROTTLED, UNAVAILABLE, DENIED -> throw e;
            };
        }
    }

    public String plan() {
        return manifest.map(Manifest::plan)
                .or(() -> frozen.map(Plan::name))
                .map(PlanName::value)
                .orElse("-");
    }

    public boolean changesInPlace() {
        return manifest.filter(found -> found.tables().values().stream()
                        .anyMatch(table -> table.source().isSameTableAs(table.target())))
                .isPresent();
    }

    public String action() {
        return manifest.map(Manifest::action).orElse("-");
    }

    public String started() {
        return manifest.map(Manifest::startedAt).orElseGet(id::startedAt).toString();
    }

    /** Whether records that this run logged may stand in its tables. */
    public boolean mayHaveWritten() {
        return control.filter(found -> found.phase().mayHaveWritten()).isPresent();
    }

    public String phase() {
        return control.map(Control::phase)
                .filter(found -> manifest.isPresent() || !found.isUnfinished())
                .map(Phase::word)
                .orElse("preparing");
    }

    /** The phase, what of the run it is about, and whether the run is paused or has no worker. */
    public String phaseAndPart() {
        var part = control.filter(found -> found.phase() == Phase.ROLLING_BACK)
                .flatMap(found -> found.undoing().onlyPart())
                .map(found -> ", of " + String.join(", ", found.words()))
                .orElse("");
        return phase()
                + part
                + (paused().isPresent() ? ", paused" : "")
                + (abandoned ? ", no worker" : "")
                + (partlyRolledBack().isEmpty() ? "" : ", partly rolled back");
    }

    /** What all its workers together may consume. */
    public Limits limits() {
        return control.map(Control::limits).orElse(Limits.NONE);
    }

    /** Whether anything of the run is there. */
    public boolean exists() {
        return manifest.isPresent() || control.isPresent();
    }

    /** Since when; empty if the run is not paused. */
    public Optional<Instant> paused() {
        return control.flatMap(Control::paused);
    }

    /** By the probe of the source. */
    public long estimatedRecords() {
        return manifest.stream()
                .flatMap(found -> found.tables().values().stream())
                .mapToLong(Manifest.TableOfRun::estimatedRecords)
                .sum();
    }

    /** Values that were given for the run in place of the plan's. */
    public Map<String, String> parameters() {
        return manifest.map(found -> found.options().parameters()).orElse(Map.of());
    }

    /** A parameter has the type that the plan gives it; as text where the plan cannot be read. */
    private JsonNode typed(String name, String text) {
        var value = frozen.map(plan -> plan.declared().parameters().get(name));
        return switch (value.map(AttributeValue::type).orElse(AttributeValue.Type.S)) {
            case N -> DecimalNode.valueOf(new BigDecimal(value.orElseThrow().n()));
            case BOOL -> BooleanNode.valueOf(value.orElseThrow().bool());
            case S, B, NUL, L, M, SS, NS, BS, UNKNOWN_TO_SDK_VERSION -> TextNode.valueOf(text);
        };
    }

    public Scope scopeOrAll() {
        return manifest.map(found -> found.options().scope()).orElse(Scope.ALL);
    }

    /** What the run was restricted to, such as {@code tenant_id=1}; empty for the whole plan. */
    public List<String> scope() {
        return scopeOrAll().words();
    }

    /** The parts of a migrated run that were rolled back, such as {@code tenant_id=1}; empty if none was. */
    public List<String> partlyRolledBack() {
        return control.filter(found -> found.phase() == Phase.MIGRATED)
                .map(found -> found.undoing().parts().stream()
                        .map(part -> String.join(", ", part.words()))
                        .toList())
                .orElse(List.of());
    }

    /** As {@code --json} of the command line prints it. */
    public ObjectNode json() {
        var document = JsonNodeFactory.instance
                .objectNode()
                .put("run", id.value())
                .put("plan", plan())
                .put("action", action())
                .put("phase", phase())
                .put("started", started())
                .put("records", estimatedRecords());
        if (!parameters().isEmpty()) {
            var given = document.putObject("parameters");
            parameters().forEach((name, text) -> given.set(name, typed(name, text)));
        }
        if (!scope().isEmpty()) {
            var list = document.putArray("scope");
            scope().forEach(list::add);
        }
        if (!partlyRolledBack().isEmpty()) {
            var list = document.putArray("partlyRolledBack");
            partlyRolledBack().forEach(list::add);
        }
        if (abandoned) {
            document.put("abandoned", true);
        }
        paused().ifPresent(since -> document.put("paused", since.toString()));
        control.filter(found -> found.phase() == Phase.ROLLING_BACK)
                .flatMap(found -> found.undoing().onlyPart())
                .ifPresent(part -> {
                    var list = document.putArray("rollingBack");
                    part.words().forEach(list::add);
                });
        if (!limits().equals(Limits.NONE)) {
            var list = document.putObject("limits");
            limits().readUnitsPerSecond().ifPresent(units -> list.put("readUnitsPerSecond", units));
            limits().writeUnitsPerSecond().ifPresent(units -> list.put("writeUnitsPerSecond", units));
        }
        return document;
    }
}
