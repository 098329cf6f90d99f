package dev.rekey.cli.command;

import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.document.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in plain words what is wrong with a command line. */
final class Misuse {
    private static final Pattern CHOICES = Pattern.compile("expected one of \\[(.*)] .*but was '(.*)'");
    private static final Pattern NO_NUMBER = Pattern.compile("'([^']*)' is not an? (int|long)");
    private static final Pattern NO_PAIR = Pattern.compile("KEY=VALUE format but was (.*)$");
    private static final Pattern EXCLUSIVE = Pattern.compile("Error: (.*) are mutually exclusive.*", Pattern.DOTALL);

    private final String command;
    private final ParameterException misuse;

    private Misuse(ParameterException misuse) {
        this.command = misuse.getCommandLine().getCommandSpec().qualifiedName();
        this.misuse = misuse;
    }

    static CommandFailure explain(ParameterException misuse) {
        return new Misuse(misuse).failure();
    }

    private CommandFailure failure() {
        return switch (misuse) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched);
            case MissingParameterException missing -> missing(missing);
            case OverwrittenOptionException twice ->
                failure(name(twice.getOverwritten()) + " is given twice", Optional.empty());
            case MutuallyExclusiveArgsException both ->
                failure(
                        EXCLUSIVE.matcher(both.getMessage()).replaceFirst("$1").replace('=', ' ')
                                + " cannot be combined",
                        Optional.empty());
            default -> failure(badValue(), Optional.empty());
        };
    }

    private CommandFailure unmatched(UnmatchedArgumentException unmatched) {
        var given = unmatched.getUnmatched().getFirst();
        var line = misuse.getCommandLine();
        if (unmatched.isUnknownOption()) {
            var option = given.replaceFirst("=.*", "");
            return failure("unknown option " + option, NearestName.of(option, options(line)));
        }
        return line.getSubcommands().isEmpty()
                ? failure("unexpected argument \"" + given + "\"", Optional.empty())
                : failure(
                        "unknown command \"" + given + "\"",
                        NearestName.of(given, line.getSubcommands().keySet()));
    }

    private CommandFailure missing(MissingParameterException missing) {
        var names = missing.getMissing().stream().map(Misuse::withParameter).toList();
        return failure(
                Wording.list(names) + " " + Wording.agree(names.size(), "is", "are") + " missing", Optional.empty());
    }

    /** The library says it with its own words for types. */
    private String badValue() {
        var said = misuse.getMessage();
        var argument = Optional.ofNullable(misuse.getArgSpec()).map(Misuse::name);
        var choices = CHOICES.matcher(said);
        if (argument.isPresent() && choices.find()) {
            return "%s is \"%s\", but must be one of: %s"
                    .formatted(
                            argument.get(), choices.group(2), choices.group(1).toLowerCase(Locale.ROOT));
        }
        var noPair = NO_PAIR.matcher(said);
        if (argument.isPresent() && noPair.find()) {
            return "%s is \"%s\", but must be %s"
                    .formatted(
                            argument.get(), noPair.group(1), misuse.getArgSpec().paramLabel());
        }
        var number = NO_NUMBER.matcher(said);
        return argument.isPresent() && number.find()
                ? "%s is \"%s\", which is not a whole number".formatted(argument.get(), number.group(1))
                : said.replaceFirst("\\.$", "");
    }

    private CommandFailure failure(String fact, Optional<String> meant) {
        return CommandFailure.usage("Cannot run " + command + ": " + fact + ". Nothing was started. "
                + meant.map(name -> "Did you mean " + name + "? ").orElse("") + "Run: " + command + " --help.");
    }

    private static List<String> options(CommandLine line) {
        var names = new ArrayList<String>();
        line.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
        return names;
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String withParameter(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + " " + option.paramLabel()
                : argument.paramLabel();
    }
}
