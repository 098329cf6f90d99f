package dev.rekey.cli.command;

import dev.rekey.cli.deployment.StackLocation;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands that work in an AWS account, or on this machine. */
final class AccountOptions {
    private static final String USUAL_STACK = "rekey";

    @Option(
            names = SuggestedCommands.LOCAL,
            description = "Use a stack on this machine: the one that 'rekey up' started, or else one for this command.")
    private boolean local;

    @Mixin
    private DataOptions here = new DataOptions();

    @Option(names = SuggestedCommands.PROFILE, paramLabel = "NAME", description = "AWS profile to use.")
    private Optional<String> profile = Optional.empty();

    @Option(names = SuggestedCommands.REGION, paramLabel = "REGION", description = "AWS region of the stack.")
    private Optional<String> region = Optional.empty();

    boolean json() {
        return here.json();
    }

    Path data(Environment environment) {
        return here.data(environment);
    }

    /** Whether the user said anything about where to work. */
    boolean namesAPlace() {
        return local || profile.isPresent() || region.isPresent();
    }

    /** The options that say where to work, as another command needs them, with a blank before each. */
    String placeWords() {
        return placeWords(Optional.empty());
    }

    /** @param stack if the user named one */
    String placeWords(Optional<String> stack) {
        return local
                ? here.placeWords()
                : words(SuggestedCommands.PROFILE, profile)
                        + words(SuggestedCommands.REGION, region)
                        + words(SuggestedCommands.STACK, stack);
    }

    private static String words(String option, Optional<String> value) {
        return value.map(given -> SuggestedCommands.words(option, given)).orElse("");
    }

    StackLocation place(Environment environment) {
        return place(environment, Optional.empty());
    }

    /** @param stack if the user named one */
    StackLocation place(Environment environment, Optional<String> stack) {
        return local
                ? new StackLocation.Local(data(environment))
                : new StackLocation.Aws(profile, region, stack.orElse(USUAL_STACK));
    }
}
