package dev.rekey.cli.deployment;

import java.nio.file.Path;
import java.util.Optional;

/** Where the stack is that a command works with. */
public sealed interface StackLocation {
    /**
     * @param profile of the shared configuration; empty for the SDK's default
     * @param region AWS region; empty for the SDK's default
     * @param stack name of the CloudFormation stack
     */
    record Aws(Optional<String> profile, Optional<String> region, String stack) implements StackLocation {}

    /** The stack that works on {@code data}: the one that runs already, else one just for this command. */
    record Local(Path data) implements StackLocation {}
}
