package dev.rekey.cli.deployment;

import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.engine.store.Tables;
import dev.rekey.examples.load.Loader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Starts stacks on this machine. */
public interface LocalStacks {
    /**
     * A stack of its own, ready to use.
     *
     * @throws CommandFailure if it cannot start
     */
    LocalStack start(Settings settings);

    /**
     * @param inMemory whether nothing is left when the stack stops
     * @param data where everything lies
     */
    record Settings(Ports ports, boolean inMemory, Path data) {}

    /** Each from 0 to 65535; 0 for any free port. */
    record Ports(int dynamoDb, int s3, int stepFunctions, int lambda) {
        public static final Ports FREE = new Ports(0, 0, 0, 0);
    }

    /** A stack that runs in this process until it is closed. */
    interface LocalStack extends AutoCloseable {
        /** Works with this stack; closing it leaves the stack running. */
        Deployment deployment();

        /** Environment variables that point the AWS tools here, in the order they are shown. */
        Map<String, String> exports();

        /** What was stored here and cannot be read, in sentences; the people have been told. */
        List<String> unreadable();

        /** All tables in this stack, by their physical names. */
        Tables tables();

        /** Creates and fills tables for an example. */
        Loader loader();

        /** Completes when a store ended by itself, with the reason: what works on the stack can only fail from then on. */
        CompletionStage<CommandFailure> broken();

        @Override
        void close();
    }
}
