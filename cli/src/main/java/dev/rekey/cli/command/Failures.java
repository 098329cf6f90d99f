package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.cli.text.Console;
import dev.rekey.core.item.Wording;
import dev.rekey.engine.status.RunRefusal;
import dev.rekey.engine.store.StoreException;
import java.util.List;
import picocli.CommandLine.ParameterException;

/** Shows why a command did not do what it was asked to, and gives the exit code. */
final class Failures {
    private final Console console;
    private final List<String> arguments;

    Failures(Console console, List<String> arguments) {
        this.console = console;
        this.arguments = arguments;
    }

    /** The command line itself is wrong. */
    int misused(ParameterException misuse, String[] unused) {
        return show(Misuse.explain(misuse));
    }

    int failed(Exception failure) {
        if (arguments.contains(OutputOptions.DEBUG)) {
            console.err().println(stackTrace(failure));
        }
        return switch (failure) {
            case CommandFailure expected -> show(expected);
            case UnfitPlan unfit -> show(unfit);
            case RunRefusal refusal -> show(refused(refusal));
            case StoreException store -> show(refused(store));
            default -> show(defect(failure));
        };
    }

    private int show(CommandFailure failure) {
        show(failure.document(), List.of(failure.getMessage()));
        return failure.code().number();
    }

    private int show(UnfitPlan unfit) {
        show(unfit.document(), unfit.lines());
        return ExitCode.REFUSED.number();
    }

    private void show(ObjectNode document, List<String> lines) {
        var commands = SuggestedCommands.by(arguments);
        if (arguments.contains(OutputOptions.JSON)) {
            console.out().println(commands.in(document).toPrettyString());
            console.out().flush();
        } else {
            lines.stream().map(commands::in).map(Wording::visibleLines).forEach(console::tell);
        }
    }

    private static CommandFailure refused(RunRefusal refusal) {
        var code = switch (refusal.kind()) {
            case UNKNOWN -> ExitCode.USAGE;
            case REFUSED, REFUSED_BY_WORKFLOW -> ExitCode.REFUSED;
        };
        return new CommandFailure(code, refusal.kind().error(), refusal.getMessage(), refusal);
    }

    /** No execution was started: what fails later ends in a message of its own. */
    private static CommandFailure refused(StoreException failure) {
        var message = failure.getMessage();
        return new CommandFailure(
                ExitCode.REFUSED,
                "Store." + failure.kind(),
                message.startsWith("Cannot ")
                        ? message
                        : "Cannot reach a required service: " + withoutStop(message)
                                + ". No table was written to. Fix the cause and run the command again.",
                failure);
    }

    private static CommandFailure defect(Exception failure) {
        return new CommandFailure(
                ExitCode.DEFECT,
                "Defect",
                "Cannot continue: Rekey has a defect: " + withoutStop(failure.toString())
                        + ". Earlier changes remain; 'rekey runs' shows the run. Please report the defect with the output of "
                        + OutputOptions.DEBUG + ".",
                failure);
    }

    private static String withoutStop(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static String stackTrace(Throwable failure) {
        var text = new StringBuilder(failure.toString());
        for (var frame : failure.getStackTrace()) {
            text.append("\n    at ").append(frame);
        }
        return failure.getCause() == null
                ? text.toString()
                : text.append("\nCaused by: ")
                        .append(stackTrace(failure.getCause()))
                        .toString();
    }
}
