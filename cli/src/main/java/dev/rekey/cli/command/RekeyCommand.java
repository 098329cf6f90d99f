package dev.rekey.cli.command;

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
        description = "Copies related DynamoDB tables under new ids, verifies the result, and can roll it back.",
        mixinStandardHelpOptions = true,
        versionProvider = RekeyCommand.Version.class)
public final class RekeyCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Runs the command that {@code arguments} name and gives the process's exit code. */
    public static int run(Environment environment, List<String> arguments) {
        var failures = new Failures(environment.console(), arguments);
        var line = new CommandLine(new RekeyCommand());
        commands(environment).forEach(line::addSubcommand);
        line.getSubcommands().values().forEach(RekeyCommand::giveHelp);
        line.addSubcommand(new CommandLine.HelpCommand());
        // What is set now reaches the commands too; what is set before does not.
        return line.setOut(environment.console().out())
                .setErr(environment.console().err())
                .setParameterExceptionHandler(failures::misused)
                .setExecutionExceptionHandler((failure, command, parsed) -> failures.failed(failure))
                .execute(arguments.toArray(String[]::new));
    }

    private static List<Object> commands(Environment environment) {
        return List.of(
                new DemoCommand(environment),
                new UpCommand(environment),
                new InitCommand(environment),
                new TablesCommand(environment),
                new AnalyzeCommand(environment),
                new ValidateCommand(environment),
                new TestCommand(environment),
                new MigrateCommand(environment),
                new VerifyCommand(environment),
                new RollbackCommand(environment),
                new ResumeCommand(environment),
                new StopCommand(environment),
                new PauseCommand(environment),
                new UnpauseCommand(environment),
                new LimitCommand(environment),
                new StatusCommand(environment),
                new ReportCommand(environment),
                new ChangesCommand(environment),
                new RunsCommand(environment),
                new LedgerCommand(environment),
                new IdCommand(environment),
                new PolicyCommand(environment));
    }

    private static void giveHelp(CommandLine command) {
        command.getCommandSpec().mixinStandardHelpOptions(true);
        command.getCommandSpec().versionProvider(new Version());
        command.setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Reads the version from the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = RekeyCommand.class.getPackage().getImplementationVersion();
            return new String[] {"rekey " + Objects.requireNonNullElse(version, "(not built from a jar)")};
        }
    }
}
