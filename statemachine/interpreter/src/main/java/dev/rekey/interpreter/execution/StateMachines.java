package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.interpreter.api.StateMachineArn;
import dev.rekey.interpreter.api.StateMachineDescription;
import dev.rekey.interpreter.api.StateMachineType;
import dev.rekey.interpreter.api.StepFunctionsException;
import dev.rekey.interpreter.api.StepFunctionsException.Code;
import dev.rekey.interpreter.definition.Document;
import dev.rekey.interpreter.definition.DocumentParser;
import dev.rekey.interpreter.definition.Json;
import dev.rekey.interpreter.definition.Names;
import dev.rekey.interpreter.definition.Parsed;
import dev.rekey.interpreter.definition.Severity;
import dev.rekey.interpreter.ports.Store;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The state machines of a store. Every definition that was ever current stays as a revision, for its executions. */
public final class StateMachines {
    private final Store store;
    private final Arns arns;
    private final DocumentParser parser;
    private final Supplier<Instant> clock;
    private final Supplier<String> ids;
    private final Map<String, Document> documents = new ConcurrentHashMap<>();

    public StateMachines(Store store, Arns arns, DocumentParser parser, Supplier<Instant> clock, Supplier<String> ids) {
        this.store = store;
        this.arns = arns;
        this.parser = parser;
        this.clock = clock;
        this.ids = ids;
    }

    public Parsed validate(String definition) {
        return parser.parse(definition);
    }

    public synchronized StateMachineDescription create(
            String name, String definition, String roleArn, StateMachineType type) {
        if (!Names.valid(name)) {
            throw new StepFunctionsException(
                    Code.INVALID_NAME,
                    "Invalid Name: '" + name + "'. A name has 1 to 80 characters, " + Names.RULE + ".");
        }
        accept(definition);
        Optional<StateMachineDescription> existing = read(StoreKeys.machine(name));
        if (existing.isPresent()) {
            StateMachineDescription old = existing.get();
            if (old.definition().equals(definition) && old.roleArn().equals(roleArn) && old.type() == type) {
                return old;
            }
            throw new StepFunctionsException(
                    Code.STATE_MACHINE_ALREADY_EXISTS,
                    "State Machine Already Exists: '" + old.arn().value()
                            + "'. Nothing was changed. Update it, or delete it first.");
        }
        Instant now = clock.get();
        StateMachineArn arn = new StateMachineArn(arns.stateMachine(name));
        return write(new StateMachineDescription(arn, name, type, definition, roleArn, now, now, ids.get()));
    }

    public synchronized StateMachineDescription update(
            StateMachineArn arn, Optional<String> definition, Optional<String> roleArn) {
        StateMachineDescription old = describe(arn);
        definition.ifPresent(this::accept);
        return write(new StateMachineDescription(
                old.arn(),
                old.name(),
                old.type(),
                definition.orElse(old.definition()),
                roleArn.orElse(old.roleArn()),
                old.creationDate(),
                clock.get(),
                ids.get()));
    }

    public StateMachineDescription describe(StateMachineArn arn) {
        return read(StoreKeys.machine(arns.stateMachineName(arn.value())))
                .orElseThrow(() -> new StepFunctionsException(
                        Code.STATE_MACHINE_DOES_NOT_EXIST, "State Machine Does Not Exist: '" + arn.value() + "'"));
    }

    public List<StateMachineDescription> all() {
        return store.list(StoreKeys.MACHINES).stream()
                .flatMap(entry -> read(StoreKeys.MACHINES + "/" + entry).stream())
                .toList();
    }

    public synchronized void delete(StateMachineArn arn) {
        store.delete(StoreKeys.machine(arns.stateMachineName(arn.value())));
    }

    /** A state machine as a revision of it was. */
    public StateMachineDescription revision(String id) {
        return read(StoreKeys.revision(id))
                .orElseThrow(() -> new IllegalStateException("There is no revision '" + id + "' in the store"));
    }

    /** The document of a revision. */
    public Document document(String revision) {
        return documents.computeIfAbsent(
                revision,
                id -> parser.parse(revision(id).definition())
                        .document()
                        .orElseThrow(
                                () -> new IllegalStateException("The revision '" + id + "' is not valid any more")));
    }

    private void accept(String definition) {
        Parsed parsed = parser.parse(definition);
        if (parsed.document().isEmpty()) {
            String errors = parsed.findings().stream()
                    .filter(finding -> finding.severity() == Severity.ERROR)
                    .map(finding -> finding.code() + ": " + finding.message() + " at " + finding.location())
                    .collect(Collectors.joining(", "));
            throw new StepFunctionsException(
                    Code.INVALID_DEFINITION, "Invalid State Machine Definition: '" + errors + "'");
        }
    }

    private StateMachineDescription write(StateMachineDescription machine) {
        String text = Json.text(Json.object()
                .put("arn", machine.arn().value())
                .put("name", machine.name())
                .put("type", machine.type().name())
                .put("definition", machine.definition())
                .put("roleArn", machine.roleArn())
                .put("created", machine.creationDate().toEpochMilli())
                .put("updated", machine.updateDate().toEpochMilli())
                .put("revision", machine.revisionId()));
        store.put(StoreKeys.revision(machine.revisionId()), text);
        store.put(StoreKeys.machine(machine.name()), text);
        return machine;
    }

    private Optional<StateMachineDescription> read(String document) {
        return store.get(document).map(text -> {
            JsonNode json = Json.trusted(text);
            return new StateMachineDescription(
                    new StateMachineArn(json.get("arn").textValue()),
                    json.get("name").textValue(),
                    StateMachineType.valueOf(json.get("type").textValue()),
                    json.get("definition").textValue(),
                    json.get("roleArn").textValue(),
                    Instant.ofEpochMilli(json.get("created").longValue()),
                    Instant.ofEpochMilli(json.get("updated").longValue()),
                    json.get("revision").textValue());
        });
    }
}
