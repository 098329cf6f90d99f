package dev.rekey.cli.command;

import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.Plan;
import dev.rekey.engine.run.Caller;
import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.Ledger;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Stored;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ledger of one creation of tables. It has an id as a run has, and belongs to no run. */
final class CreationLedger {
    private final Environment environment;
    private final Deployment deployment;
    private final Plan plan;
    private final RunId id;
    private final Caller by;
    private final List<String> made = new ArrayList<>();

    CreationLedger(Environment environment, Deployment deployment, Plan plan) {
        this.environment = environment;
        this.deployment = deployment;
        this.plan = plan;
        this.id = RunId.of(
                environment.time().instant(),
                "tables-%016x".formatted(environment.random().nextLong()));
        this.by = environment.caller(deployment);
    }

    /** Whether {@code entries} are those of a creation. */
    static boolean holds(List<Stored> entries) {
        return entries.stream()
                .findFirst()
                .flatMap(Stored::entry)
                .filter(entry -> entry.decision() instanceof Decision.CreatingTables)
                .isPresent();
    }

    RunId id() {
        return id;
    }

    List<String> made() {
        return List.copyOf(made);
    }

    void begin(List<String> what) {
        append(new Decision.CreatingTables(plan.name(), plan.fingerprint(), what));
    }

    void created(String what, Optional<String> tableId) {
        made.add(what);
        append(new Decision.Created(what, tableId));
    }

    /** Each entry may take its time: tables can take minutes in between. */
    private void append(Decision decision) {
        new Ledger(Buckets.documents(deployment, environment), id, environment.time())
                .append(Optional.empty(), Optional.of(by), decision);
    }

    /** Does {@code work} and, if it cannot be done, says what is there already. */
    void guard(String verb, Runnable work) {
        try {
            work.run();
        } catch (StoreException e) {
            if (made.isEmpty() && e.kind() != Kind.UNAVAILABLE) {
                throw e;
            }
            throw new CommandFailure(
                    ExitCode.INCOMPLETE,
                    "Store." + e.kind(),
                    "Cannot %s: %s Created before: %s. See: rekey ledger --run %s. Run the command again to create the rest: it completes the tables that it created."
                            .formatted(verb, e.getMessage(), made.isEmpty() ? "nothing" : Wording.list(made), id),
                    e);
        }
    }
}
