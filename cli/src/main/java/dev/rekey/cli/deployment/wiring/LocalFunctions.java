package dev.rekey.cli.deployment.wiring;

import dev.rekey.handlers.Bootstrap;
import dev.rekey.handlers.WorkflowDocument;
import dev.rekey.local.Endpoints;
import dev.rekey.local.StateMachine;
import dev.rekey.local.functions.Functions;

/** The state machine and its functions as a stack on this machine has them: those of AWS. */
final class LocalFunctions {
    private static final String NAME = "rekey-migration";

    private LocalFunctions() {}

    static StateMachine stateMachine(String bucket) {
        return new StateMachine(NAME, WorkflowDocument.document(bucket, Endpoints.WORKERS));
    }

    static Functions of(Endpoints endpoints) {
        var functions = Functions.none();
        for (var one : WorkflowDocument.handlers(new Bootstrap(endpoints.functionEnvironment()))
                .entrySet()) {
            functions = functions.withHandler(one.getKey(), one.getValue());
        }
        return functions;
    }
}
