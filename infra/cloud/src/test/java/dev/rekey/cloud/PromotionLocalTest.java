package dev.rekey.cloud;

import dev.rekey.handlers.Bootstrap;
import dev.rekey.handlers.WorkflowDocument;
import dev.rekey.local.Durability;
import dev.rekey.local.Endpoints;
import dev.rekey.local.Ports;
import dev.rekey.local.Stack;
import dev.rekey.local.StackOptions;
import dev.rekey.local.StateMachine;
import dev.rekey.local.functions.Functions;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** On this machine. */
class PromotionLocalTest extends PromotionContract {
    @TempDir
    private Path data;

    private Stack stack;

    @Override
    Installation install() throws InterruptedException {
        var options = StackOptions.standard(
                        data, Path.of(System.getProperty("rekey.stores")), Path.of(System.getProperty("java.home")))
                .with(Ports.free())
                .with(Durability.IN_MEMORY);
        var machine =
                new StateMachine("rekey-migration", WorkflowDocument.document(options.bucket(), Endpoints.WORKERS));
        stack = Stack.start(options, machine, endpoints -> {
            var functions = Functions.none();
            for (var one : WorkflowDocument.handlers(new Bootstrap(endpoints.functionEnvironment()))
                    .entrySet()) {
                functions = functions.withHandler(one.getKey(), one.getValue());
            }
            return functions;
        });
        var endpoints = stack.endpoints();
        return new Installation(endpoints.clientEnvironment(), endpoints.stateMachineArn(), endpoints.bucket());
    }

    @AfterEach
    void stop() {
        stack.close();
    }
}
