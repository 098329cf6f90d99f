package dev.rekey.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rekey.core.item.Sha256;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.ExecutionInput;
import dev.rekey.engine.run.ExecutionName;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.Objects.PutOutcome;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Starts new runs. */
final class Starts {
    /** Fields of the execution's input, as {@code workflow.md} lists them. */
    private static final Map<String, Fields.Type> FIELDS = Map.ofEntries(
            Map.entry("action", Fields.Type.TEXT),
            Map.entry("plan", Fields.Type.PLAN),
            Map.entry("files", Fields.Type.NAMED_TEXTS),
            Map.entry("parameters", Fields.Type.VALUES),
            Map.entry("confirm", Fields.Type.TEXT),
            Map.entry("table", Fields.Type.TEXT),
            Map.entry("id", Fields.Type.TEXT),
            Map.entry("sample", Fields.Type.NUMBER),
            Map.entry("changes", Fields.Type.FLAG),
            Map.entry("allowWarnings", Fields.Type.FLAG),
            Map.entry("deleteGone", Fields.Type.FLAG),
            Map.entry("keepGone", Fields.Type.FLAG),
            Map.entry("tables", Fields.Type.TEXTS),
            Map.entry("without", Fields.Type.TEXTS),
            Map.entry("where", Fields.Type.NAMED_TEXTS),
            Map.entry("keep", Fields.Type.FLAG),
            Map.entry("onFailure", Fields.Type.TEXT),
            Map.entry("showValues", Fields.Type.FLAG));

    private static final Set<Action> WRITING = Set.of(Action.TEST, Action.MIGRATE);

    private final Behind behind;

    Starts(Behind behind) {
        this.behind = behind;
    }

    /** @param digest of the input that was sent first with the key */
    record FirstUse(String digest) {}

    /** @param key under which the same request may be sent again */
    Answer start(ObjectNode body, Optional<String> key) {
        var fields = new Fields(body, "start a run");
        fields.check(FIELDS);
        var action = fields.text("action")
                .flatMap(Action::of)
                .filter(found -> !found.needsRun())
                .orElseThrow(() -> fields.wrong(
                        "\"action\" is missing or not one that begins a run",
                        "Use \"validate\", \"analyze\", \"test\" or \"migrate\"."));
        var text = plan(fields);
        var plan = read(text, fields.values("parameters"), action);
        if (WRITING.contains(action)) {
            fields.confirm(plan.name().value());
        }
        tables(
                fields,
                plan.tables().stream().map(table -> table.name()).toList(),
                "plan " + plan.name().value());
        var said = new HashMap<String, JsonNode>();
        body.propertyStream().forEach(field -> said.put(field.getKey(), field.getValue()));
        said.remove("action");
        said.put("plan", TextNode.valueOf(stored(text)));
        var input = new ExecutionInput(action, Optional.empty(), said);
        return key.map(given -> once(given, input)).orElseGet(() -> {
            var name = ExecutionName.of(action, behind.time().instant(), behind.random());
            return Operations.begin(behind, input, name);
        });
    }

    /** The name of the execution is made of the key, so that Step Functions itself knows a repetition. */
    private Answer once(String key, ExecutionInput input) {
        var named = Sha256.hex(key.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
        var digest = Sha256.hex(input.json().getBytes(StandardCharsets.UTF_8));
        var documents = behind.documents().get();
        var use = new ObjectKey("plans/requests/" + named + ".json");
        if (documents.create(use, new FirstUse(digest)) instanceof PutOutcome.ConditionFailed) {
            throw new Problem(
                    Problem.Kind.KEY,
                    "Cannot start a run: the Idempotency-Key was used for another request. Nothing was started. Use a new key, or send the same request.");
        }
        var answered = new ObjectKey("plans/requests/" + named + ".answer.json");
        var document = documents.find(answered, ObjectNode.class).map(Documents.Versioned::value);
        return document.map(Operations::accepted).orElseGet(() -> {
            var first = Operations.begin(
                    behind, input, new ExecutionName(input.action().word() + "-" + named));
            documents.putBytes(answered, first.body().getBytes(StandardCharsets.UTF_8));
            return first;
        });
    }

    /** The plan's text, whether it was sent or lies in the bucket. */
    private String plan(Fields fields) {
        var plan = fields.text("plan")
                .orElseThrow(() -> fields.wrong("\"plan\" is missing", "Send the plan's text, or its s3:// address."));
        var scheme = "s3://" + behind.about().bucket() + "/";
        if (!plan.startsWith("s3://")) {
            return plan;
        }
        if (!plan.startsWith(scheme + "plans/") && !plan.startsWith(scheme + "runs/")) {
            throw fields.wrong("no plan is read from " + plan, "Use an address in " + scheme + "plans/.");
        }
        return behind.documents()
                .get()
                .bytes(new ObjectKey(plan.substring(scheme.length())))
                .map(found -> new String(found.content(), StandardCharsets.UTF_8))
                .orElseThrow(() -> fields.wrong("there is no object " + plan, "Check the address."));
    }

    private static Plan read(String text, Map<String, String> parameters, Action action) {
        return switch (PlanReader.read(text, parameters)) {
            case PlanReading.Valid valid -> valid.plan();
            case PlanReading.Invalid(var problems) ->
                throw new Problem(
                        Problem.Kind.PLAN,
                        "Cannot " + action.verb() + " the plan: it has "
                                + Wording.count(problems.size(), "problem")
                                + ". Nothing was started. Correct the plan and send it again.",
                        problems);
        };
    }

    /** Puts the plan where an execution can read it; the same text has the same address. */
    private String stored(String text) {
        var content = text.getBytes(StandardCharsets.UTF_8);
        var key = new ObjectKey("plans/" + Sha256.hex(content) + ".yaml");
        Documents documents = behind.documents().get();
        documents.putBytes(key, content);
        return "s3://" + behind.about().bucket() + "/" + key.name();
    }

    /** @throws Problem if a table is named that is not among {@code known} */
    static void tables(Fields fields, Collection<TableName> known, String where) {
        for (var field : new String[] {"tables", "without"}) {
            fields.body()
                    .path(field)
                    .valueStream()
                    .map(one -> new TableName(one.asText()))
                    .forEach(name -> {
                        if (!known.contains(name)) {
                            throw fields.wrong(
                                    where + " has no table " + name,
                                    "Use the plan's names of tables in \"" + field + "\".");
                        }
                    });
        }
    }
}
