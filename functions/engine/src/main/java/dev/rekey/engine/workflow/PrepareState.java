package dev.rekey.engine.workflow;

import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.Ledger;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.MappingChange;
import dev.rekey.engine.run.Pausing;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents.Versioned;
import dev.rekey.engine.store.StoreException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prepares the run, or says why it may not start. */
public record PrepareState(Ports ports) {
    public Prepared run(Request request) {
        Prepared prepared;
        try {
            prepared = prepared(request);
        } catch (StoreException e) {
            return switch (e.kind()) {
                case THROTTLED, UNAVAILABLE -> throw e;
                // No ledger entry: the run that it would belong to may be what cannot be read.
                case DENIED, MISSING, INVALID -> new Prepared.Refused(e.getMessage(), List.of());
            };
        }
        if (prepared instanceof Prepared.Ready ready && ready.next() == Prepared.Next.VERIFY) {
            compareMappings(ready.run(), request);
        }
        record(prepared, request);
        wake(prepared);
        return prepared;
    }

    /** Here, as only the preparation may read mapping tables. */
    private void compareMappings(RunId run, Request request) {
        var documents = ports.documents();
        var folder = new RunFolder(run);
        var manifest = documents.get(folder.manifest(), Manifest.class).value();
        var plan = ports.runs().plan(documents, manifest);
        var changes = new CompareMappings(ports, request.files()).of(folder, plan);
        if (!changes.isEmpty()) {
            MappingChange.write(documents, folder, request.task(), changes);
        }
    }

    private Prepared prepared(Request request) {
        var documents = ports.documents();
        return request.action().needsRun()
                ? new PrepareRun(ports)
                        .prepare(request, manifest -> ports.runs().plan(documents, manifest))
                : new PreparePlan(documents, ports.sides(), ports.invocation()).prepare(request);
    }

    /** In the ledger of the run that is to be worked on; a plan that was refused has made no run. */
    private void record(Prepared prepared, Request request) {
        var documents = ports.documents();
        var run = request.action().needsRun()
                ? request.run().filter(RunId::isValid).map(RunId::new)
                : Optional.of(request.task());
        run.flatMap(id -> documents.find(new RunFolder(id).manifest(), Manifest.class))
                .map(Versioned::value)
                .ifPresent(manifest -> new Ledger(
                                documents, manifest.run(), ports.invocation().time())
                        .append(
                                Optional.of(request.task()),
                                request.by().caller(),
                                decision(prepared, request, manifest)));
    }

    /** What waited in an execution before this one ends now: it has nothing to do any more. */
    private void wake(Prepared prepared) {
        if (prepared instanceof Prepared.Ready ready) {
            var _ = new Pausing(
                            ports.documents(),
                            new RunFolder(ready.run()),
                            ports.invocation().time())
                    .wake(ports.tokens().get());
        }
    }

    private static Decision decision(Prepared prepared, Request request, Manifest manifest) {
        var action = request.action().word();
        return switch (prepared) {
            case Prepared.Ready ready ->
                new Decision.Started(
                        action,
                        request.execution(),
                        manifest.plan(),
                        manifest.fingerprint(),
                        manifest.routes(),
                        ready.next().name().toLowerCase(Locale.ROOT),
                        ready.epoch());
            case Prepared.Refused refused -> new Decision.Refused(action, request.execution(), refused.cause());
        };
    }
}
