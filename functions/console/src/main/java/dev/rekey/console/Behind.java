package dev.rekey.console;

import dev.rekey.engine.run.Caller;
import dev.rekey.engine.run.TaskTokens;
import dev.rekey.engine.run.Workflow;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Time;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The stack behind the API.
 *
 * @param about what the health route tells of it
 * @param documents of its bucket; new ones for every request, as they give up after some time
 * @param caller who works with it, for ledgers
 * @param random for several threads at once
 */
public record Behind(
        About about,
        Supplier<Documents> documents,
        Workflow workflow,
        TaskTokens taskTokens,
        Supplier<Caller> caller,
        Time time,
        RandomGenerator random) {

    /**
     * Which stack this is.
     *
     * @param version of Rekey
     * @param stack name of the CloudFormation stack, or the folder of a stack on this machine
     * @param auth how a request proves who sends it, such as {@code token}
     * @param place the options that lead a command to the stack, with a blank before each
     */
    public record About(String version, String stack, String bucket, String auth, String place) {}
}
