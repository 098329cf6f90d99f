package dev.rekey.cli.command;

import dev.rekey.cli.deployment.StackLocation;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands that work with a stack. */
final class CommonOptions {
    @Mixin
    private AccountOptions account = new AccountOptions();

    @Option(
            names = SuggestedCommands.STACK,
            paramLabel = "NAME",
            description = "Name of the CloudFormation stack (default: rekey).")
    private Optional<String> stack = Optional.empty();

    boolean json() {
        return account.json();
    }

    /** Where the data of a local stack lies. */
    Path data(Environment environment) {
        return account.data(environment);
    }

    /** Whether the user said anything about where to work. */
    boolean namesAPlace() {
        return account.namesAPlace() || stack.isPresent();
    }

    /** The options that say where to work, as another command needs them, with a blank before each. */
    String placeWords() {
        return account.placeWords(stack);
    }

    /** Leads the commands of messages to where this one works. */
    SuggestedCommands commands() {
        return new SuggestedCommands(placeWords());
    }

    StackLocation place(Environment environment) {
        return account.place(environment, stack);
    }
}
