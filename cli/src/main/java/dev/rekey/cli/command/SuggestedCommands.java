package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.cli.text.Wrapping;
import dev.rekey.engine.page.PageTemplate;
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
    static final String LOCAL = "--local";
    static final String DATA = "--data";
    static final String PROFILE = "--profile";
    static final String REGION = "--region";
    static final String STACK = "--stack";

    /** A value that a shell takes as it stands. */
    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./~$-]+");

    private static final String PLACED = " --(local|data|profile|region|stack)";
    private static final Pattern OF_A_RUN =
            Pattern.compile("rekey [a-z]+ +--run [0-9]{8}T[0-9]{9}Z-[0-9a-f]{8}(?!" + PLACED + ")");

    private static final Pattern OF_A_PLAN = Pattern.compile(
            "rekey (?:analyze|validate|test|migrate|tables) (?:[^\\s']+\\.ya?ml|PLAN)(?![^\\s.,;:']|" + PLACED + ")");

    private static final Pattern RUNS = Pattern.compile("rekey runs(?=[.,;']|$)");

    private static final Pattern UP = Pattern.compile("rekey up(?=[.,:])");

    /** A command of which the sentence goes on, or ends, without a blank. */
    private static final Pattern STOPPED = Pattern.compile("(" + Wrapping.COMMAND + ")[.,;](?:$|\\s+)");

    /** The place that {@code arguments} of this command name. */
    static SuggestedCommands by(List<String> arguments) {
        return new SuggestedCommands(
                arguments.contains(LOCAL)
                        ? words(LOCAL, "") + value(DATA, arguments)
                        : value(PROFILE, arguments) + value(REGION, arguments) + value(STACK, arguments));
    }

    /** An option with its value, as a shell reads it. */
    static String words(String option, String value) {
        if (value.isEmpty()) {
            return " " + option;
        }
        return " " + option + " " + (PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'");
    }

    private static String value(String option, List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            if (argument.equals(option) && i + 1 < arguments.size()) {
                return words(option, arguments.get(i + 1));
            }
            if (argument.startsWith(option + "=")) {
                return words(option, argument.substring(option.length() + 1));
            }
        }
        return "";
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

    /** The same in a page of HTML, whose lines stay. */
    String inPage(String html) {
        return place.isEmpty() ? html : new SuggestedCommands(PageTemplate.escaped(place)).completed(html);
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
        return place.contains(LOCAL)
                ? UP.matcher(ofAll)
                        .replaceAll(
                                command -> Matcher.quoteReplacement(command.group() + place.replace(" " + LOCAL, "")))
                : ofAll;
    }
}
