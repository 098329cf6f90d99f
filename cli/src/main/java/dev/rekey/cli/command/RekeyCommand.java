package dev.rekey.cli.command;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Spec;

/** {@code rekey} itself, without a command: says what there is. */
@Command(
        name = "rekey",
        description = "Moves related DynamoDB records, verifies the result, and can roll it back.",
        footer = "%n'rekey help COMMAND' shows the options of a command and an example.",
        mixinStandardHelpOptions = true,
        versionProvider = RekeyCommand.Version.class)
public final class RekeyCommand implements Runnable {
    /** Width of the column with the names of the commands. */
    private static final int NAMES = 12;

    @Spec
    private CommandSpec spec;

    /** Runs the command that {@code arguments} name and gives the process's exit code. */
    public static int run(Environment environment, List<String> arguments) {
        var failures = new Failures(environment.console(), arguments);
        // What is set now reaches the commands too; what is set before does not.
        return line(environment)
                .setOut(environment.console().out())
                .setErr(environment.console().err())
                .setParameterExceptionHandler(failures::misused)
                .setExecutionExceptionHandler((failure, command, parsed) -> failures.failed(failure))
                .execute(arguments.toArray(String[]::new));
    }

    /** The whole command line, with all commands. */
    public static CommandLine line(Environment environment) {
        var line = new CommandLine(new RekeyCommand());
        var groups = groups(environment);
        groups.forEach(group -> group.commands().forEach(line::addSubcommand));
        line.getSubcommands().values().forEach(RekeyCommand::giveHelp);
        line.addSubcommand(new CommandLine.HelpCommand());
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, _ -> "");
        line.getHelpSectionMap()
                .put(
                        UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
                        help -> groups.stream()
                                .map(group -> "%n%s:%n%s".formatted(group.title(), table(help, group)))
                                .collect(Collectors.joining()));
        return line;
    }

    /** Commands for one purpose, in the order in which they are usually needed. */
    private record Group(String title, List<Object> commands) {
        boolean has(CommandLine.Help command) {
            return commands.contains(command.commandSpec().userObject());
        }
    }

    private static List<Group> groups(Environment environment) {
        return List.of(
                new Group("Try it on this machine", List.of(new DemoCommand(environment), new UpCommand(environment))),
                new Group(
                        "Write a plan",
                        List.of(
                                new InitCommand(environment),
                                new TablesCommand(environment),
                                new IdCommand(environment),
                                new PolicyCommand(environment))),
                new Group(
                        "Try a plan",
                        List.of(
                                new ValidateCommand(environment),
                                new AnalyzeCommand(environment),
                                new ChangesCommand(environment),
                                new TestCommand(environment))),
                new Group(
                        "Migrate, and take it back",
                        List.of(
                                new MigrateCommand(environment),
                                new VerifyCommand(environment),
                                new RollbackCommand(environment))),
                new Group(
                        "Control a run",
                        List.of(
                                new PauseCommand(environment),
                                new UnpauseCommand(environment),
                                new LimitCommand(environment),
                                new StopCommand(environment),
                                new ResumeCommand(environment))),
                new Group(
                        "See what runs do and did",
                        List.of(
                                new ConsoleCommand(environment),
                                new StatusCommand(environment),
                                new ReportCommand(environment),
                                new RunsCommand(environment),
                                new LedgerCommand(environment))));
    }

    private static String table(CommandLine.Help help, Group group) {
        var table = CommandLine.Help.TextTable.forColumns(
                help.colorScheme(),
                new CommandLine.Help.Column(NAMES, 2, CommandLine.Help.Column.Overflow.SPAN),
                new CommandLine.Help.Column(
                        help.commandSpec().usageMessage().width() - NAMES, 0, CommandLine.Help.Column.Overflow.WRAP));
        help.subcommands().forEach((name, command) -> {
            if (group.has(command)) {
                table.addRowValues(name, command.commandSpec().usageMessage().description()[0]);
            }
        });
        return table.toString();
    }

    private static void giveHelp(CommandLine command) {
        command.getCommandSpec().usageMessage().footerHeading("%nExample:%n");
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
            return new String[] {"rekey " + number()};
        }

        static String number() {
            return Objects.requireNonNullElse(
                    RekeyCommand.class.getPackage().getImplementationVersion(), "(not built from a jar)");
        }
    }
}
