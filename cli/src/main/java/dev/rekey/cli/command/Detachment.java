package dev.rekey.cli.command;

import picocli.CommandLine.Option;

/** For commands that start an execution. */
final class Detachment {
    @Option(
            names = "--detach",
            description = "Return as soon as the execution has started; 'rekey status --run RUN --watch' follows it.")
    private boolean wanted;

    boolean wanted() {
        return wanted;
    }
}
