package dev.rekey.cli.command;

import dev.rekey.cli.exit.CommandFailure;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** For commands that start a run of a plan: other values of its parameters. */
final class GivenParameters {
    @Option(
            names = "--parameter",
            paramLabel = "NAME=VALUE",
            description = "Value of a parameter of the plan for this run. Can be repeated.")
    private List<String> given = List.of();

    /** @throws CommandFailure if one has no name or no value, or is given twice */
    Map<String, String> values(String verb) {
        var values = new TreeMap<String, String>();
        for (var one : given) {
            int equals = one.indexOf('=');
            if (equals < 1) {
                throw failure(verb, "--parameter " + one + " does not have the form NAME=VALUE");
            }
            var name = one.substring(0, equals);
            if (values.put(name, one.substring(equals + 1)) != null) {
                throw failure(verb, "--parameter " + name + " is given twice");
            }
        }
        return values;
    }

    private static CommandFailure failure(String verb, String fact) {
        return CommandFailure.usage("Cannot " + verb + ": " + fact
                + ". Nothing was started. Use for example --parameter convert=true, once for each parameter.");
    }
}
