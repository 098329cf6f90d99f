package dev.rekey.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.plan.Limits;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.ExecutionInput;
import dev.rekey.engine.run.ExecutionName;
import dev.rekey.engine.run.Limiting;
import dev.rekey.engine.run.OnFailure;
import dev.rekey.engine.run.Pausing;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.status.KnownRun;
import dev.rekey.engine.status.RollbackQuestion;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.workflow.UnpreparedRun;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be done with a run that is there: as the commands of the same names do it. */
final class Operations {
    private static final Map<String, Fields.Type> OF_A_ROLLBACK = Map.of(
            "confirm", Fields.Type.TEXT,
            "table", Fields.Type.TEXT,
            "cascade", Fields.Type.FLAG,
            "where", Fields.Type.NAMED_TEXTS,
            "drift", Fields.Type.TEXT,
            "exclusive", Fields.Type.FLAG,
            "verify", Fields.Type.FLAG,
            "keepLimit", Fields.Type.FLAG);

    private final Behind behind;

    Operations(Behind behind) {
        this.behind = behind;
    }

    Answer pause(String run, ObjectNode body) {
        new Fields(body, "pause run " + run).check(Map.of());
        var known = known("pause", run);
        known.refuseATest();
        known.refuseAnAbandoned(
                "pause",
                behind.documents().get(),
                behind.workflow(),
                behind.about().place());
        return switch (pausing(known).pause()) {
            case Pausing.PauseOutcome.Paused(var since) ->
                Answer.json(200, document(known).put("paused", since.toString()));
            case Pausing.PauseOutcome.Ended(var phase) -> throw known.ended("pause", phase);
        };
    }

    Answer unpause(String run, ObjectNode body) {
        new Fields(body, "unpause run " + run).check(Map.of());
        var known = known("unpause", run);
        known.refuseAnEnded("unpause", behind.documents().get());
        known.refuseAnAbandoned(
                "unpause",
                behind.documents().get(),
                behind.workflow(),
                behind.about().place());
        return Answer.json(200, document(known).put("woken", pausing(known).unpause(behind.taskTokens())));
    }

    private Pausing pausing(KnownRun run) {
        return new Pausing(
                behind.documents().get(),
                new RunFolder(run.id()),
                behind.time(),
                Optional.of(behind.caller().get()));
    }

    Answer limit(String run, ObjectNode body) {
        var fields = new Fields(body, "limit run " + run);
        fields.check(Map.of("read", Fields.Type.NUMBER, "write", Fields.Type.NUMBER, "none", Fields.Type.FLAG));
        var read = units(fields, "read");
        var write = units(fields, "write");
        if (read.isEmpty() && write.isEmpty() && !fields.flag("none")) {
            throw fields.wrong("no limit was given", "Use \"read\", \"write\" or \"none\".");
        }
        var known = known("limit", run);
        known.refuseAnEnded("limit", behind.documents().get());
        var limits = new Limiting(
                        behind.documents().get(),
                        new RunFolder(known.id()),
                        behind.time(),
                        Optional.of(behind.caller().get()))
                .change(found -> {
                    var before = fields.flag("none") ? Limits.NONE : found;
                    return new Limits(read.or(before::readUnitsPerSecond), write.or(before::writeUnitsPerSecond));
                });
        var document = document(known);
        var json = document.putObject("limits");
        limits.readUnitsPerSecond().ifPresent(units -> json.put("readUnitsPerSecond", units));
        limits.writeUnitsPerSecond().ifPresent(units -> json.put("writeUnitsPerSecond", units));
        return Answer.json(200, document);
    }

    private static Optional<Integer> units(Fields fields, String name) {
        var units = Optional.ofNullable(fields.body().get(name)).map(JsonNode::asLong);
        if (units.filter(some -> some < 1 || some > Limits.MOST).isPresent()) {
            throw fields.wrong(units.get() + " is not between 1 and " + Limits.MOST, "To halt the run, pause it.");
        }
        return units.map(Math::toIntExact);
    }

    Answer stop(String run, ObjectNode body) {
        new Fields(body, "stop run " + run).check(Map.of());
        var id = KnownRun.id("stop", run);
        var documents = behind.documents().get();
        var unprepared = UnpreparedRun.find(documents, id).flatMap(found -> found.stop(documents));
        if (unprepared.isPresent()) {
            return Answer.json(
                    200,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("run", run)
                            .put("action", Action.STOP.word())
                            .put("outcome", "stopped")
                            .put("message", unprepared.get().stopped()));
        }
        return started(ExecutionInput.ofRun(Action.STOP, known("stop", run).id()));
    }

    Answer resume(String run, ObjectNode body) {
        var fields = new Fields(body, "resume run " + run);
        fields.check(Map.of("onFailure", Fields.Type.TEXT));
        var what = fields.text("onFailure")
                .map(word -> OnFailure.of(word)
                        .orElseThrow(() ->
                                fields.wrong("\"onFailure\" is \"" + word + "\"", "Use \"rollback\" or \"stop\".")));
        return started(
                ExecutionInput.ofRun(Action.RESUME, known("resume", run).id()).onFailure(what));
    }

    Answer verify(String run, ObjectNode body) {
        var fields = new Fields(body, "verify run " + run);
        fields.check(Map.of(
                "tables",
                Fields.Type.TEXTS,
                "without",
                Fields.Type.TEXTS,
                "where",
                Fields.Type.NAMED_TEXTS,
                "showValues",
                Fields.Type.FLAG));
        var known = known("verify", run);
        var said = new HashMap<String, JsonNode>();
        body.propertyStream().forEach(field -> said.put(field.getKey(), field.getValue()));
        Starts.tables(fields, known.manifest().named(), "run " + run);
        return started(ExecutionInput.ofRun(Action.VERIFY, known.id()).also(said));
    }

    Answer rollback(String run, ObjectNode body) {
        var fields = new Fields(body, "roll back run " + run);
        fields.check(OF_A_ROLLBACK);
        var known = known("roll back", run);
        var table = fields.text("table").map(TableName::new);
        table.filter(name -> !known.manifest().named().contains(name)).ifPresent(name -> {
            throw fields.wrong("run " + run + " has no table " + name, "Use the plan's name of a table.");
        });
        if (fields.flag("cascade") && table.isEmpty()) {
            throw fields.wrong("\"cascade\" needs \"table\"", "Add \"table\", or omit \"cascade\".");
        }
        var drift = fields.text("drift")
                .map(word -> Drift.of(word)
                        .orElseThrow(
                                () -> fields.wrong("\"drift\" is \"" + word + "\"", "Use \"keep\" or \"overwrite\".")));
        var undoing = new Undoing(
                        table.map(TableName::value),
                        fields.flag("cascade"),
                        drift.orElse(Drift.KEEP),
                        fields.flag("exclusive"))
                .where(fields.values("where"))
                .verifying(fields.flag("verify"))
                .keepingLimit(fields.flag("keepLimit"));
        new RollbackQuestion(behind.documents().get(), known, undoing).refuse();
        var plan = known.manifest().plan();
        fields.confirm(plan.value());
        return started(ExecutionInput.ofRun(Action.ROLLBACK, known.id())
                .of(table)
                .scope(new Scope(List.of(), undoing.where()))
                .cascade(undoing.cascade())
                .drift(drift)
                .exclusive(undoing.exclusive())
                .verify(undoing.verify())
                .keepLimit(undoing.keepLimit())
                .confirmed(plan));
    }

    private Answer started(ExecutionInput input) {
        var name = ExecutionName.of(input.action(), behind.time().instant(), behind.random());
        return begin(behind, input, name);
    }

    /** Starts an execution: 202, and where the run is. */
    static Answer begin(Behind behind, ExecutionInput input, ExecutionName name) {
        try {
            var started = behind.workflow()
                    .start(name, input.startedBy(behind.caller().get()).json());
            var run = input.run().orElseGet(() -> RunId.of(started.at(), name.value()));
            var document = JsonNodeFactory.instance
                    .objectNode()
                    .put("run", run.value())
                    .put("action", input.action().word())
                    .put("execution", started.execution().value());
            return accepted(document);
        } catch (StoreException e) {
            throw switch (e.kind()) {
                // The answer may have been lost on its way, so the execution may run.
                case UNAVAILABLE ->
                    new Problem(
                            Problem.Kind.START,
                            "Cannot determine whether " + input.action().word() + " was started as execution " + name
                                    + ": " + e.getMessage() + " Nothing was stopped. Look at the runs.");
                case THROTTLED, DENIED, MISSING, INVALID -> e;
            };
        }
    }

    static Answer accepted(ObjectNode document) {
        return Answer.json(202, document)
                .with("Location", "/api/runs/" + document.path("run").asText());
    }

    private KnownRun known(String verb, String run) {
        return KnownRun.find(behind.documents().get(), behind.about().bucket(), verb, run);
    }

    private static ObjectNode document(KnownRun run) {
        return JsonNodeFactory.instance.objectNode().put("run", run.id().value());
    }
}
