package dev.rekey.cli;

import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rekey} itself, without a command: says what there is. */
@Command(
        name = "rekey",
        description = "Moves related records to new places and new identities, proves it, and can take it back.",
        mixinStandardHelpOptions = true,
        versionProvider = RekeyCommand.Version.class)
final class RekeyCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Runs the command that {@code arguments} name and gives the process's exit code. */
    static int run(Environment environment, List<String> arguments) {
        return new CommandLine(new RekeyCommand())
                .setOut(environment.out())
                .setErr(environment.err())
                .execute(arguments.toArray(String[]::new));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Reads the version from the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"rekey " + Objects.requireNonNullElse(version, "(not built from a jar)")};
        }
    }
}
