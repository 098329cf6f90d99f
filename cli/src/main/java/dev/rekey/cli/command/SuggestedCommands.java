package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Completes the commands that a message suggests: the workflow does not know from where it was started. A command ends its line or
 * stands before a blank, so that nothing else is pasted with it.
 *
 * @param place the options that lead another command to the same stack, with a blank before each; empty if none does
 */
record SuggestedCommands(String place) {
    private static final Pattern OF_A_RUN =
            Pattern.compile("rekey [a-z]+ --run [0-9]{8}T[0-9]{9}Z-[0-9a-f]{8}(?! --(local|data))");

    private static final Pattern OF_A_PLAN = Pattern.compile(
            "rekey (?:analyze|validate|test|migrate|tables) (?:[^\\s']+\\.ya?ml|PLAN)(?![^\\s.,;:']| --(local|data))");

    private static final Pattern RUNS = Pattern.compile("rekey runs(?=[.,;']|$)");

    private static final Pattern UP = Pattern.compile("rekey up(?=[.,:])");

    /** A command of which the sentence goes on, or ends, without a blank: its options, values of them, runs and plans. */
    private static final Pattern STOPPED = Pattern.compile("(rekey [a-z]+"
            + "(?: (?:--[a-z][a-z-]*(?: (?!--|or\\b|and\\b)[^\\s;']+?)?|[0-9]{8}T[0-9]{9}Z-[0-9a-f]{8}|[^\\s']+\\.ya?ml|[A-Z]+))*)"
            + "[.,;](?:$|\\s+)");

    /** The place that {@code arguments} of this command name. */
    static SuggestedCommands by(List<String> arguments) {
        if (!arguments.contains("--local")) {
            return new SuggestedCommands("");
        }
        int data = arguments.indexOf("--data");
        boolean given = data >= 0 && data + 1 < arguments.size();
        return new SuggestedCommands(given ? " --local --data " + arguments.get(data + 1) : " --local");
    }

    /** The same in what a document says in sentences. */
    ObjectNode in(ObjectNode document) {
        for (var field : List.of("message", "cause")) {
            if (document.path(field).isTextual()) {
                document.put(field, in(document.path(field).textValue()));
            }
        }
        return document;
    }

    String in(String message) {
        return apart(place.isEmpty() ? message : completed(message));
    }

    /** Each command on a line whose end is its own. */
    private static String apart(String message) {
        return STOPPED.matcher(message).replaceAll("$1\n").stripTrailing();
    }

    private String completed(String message) {
        var ofRuns = OF_A_RUN.matcher(message).replaceAll(command -> Matcher.quoteReplacement(command.group() + place));
        var ofPlans =
                OF_A_PLAN.matcher(ofRuns).replaceAll(command -> Matcher.quoteReplacement(command.group() + place));
        var ofAll = RUNS.matcher(ofPlans).replaceAll(command -> Matcher.quoteReplacement(command.group() + place));
        // It is local anyway.
        return UP.matcher(ofAll)
                .replaceAll(command -> Matcher.quoteReplacement(command.group() + place.replace(" --local", "")));
    }
}
