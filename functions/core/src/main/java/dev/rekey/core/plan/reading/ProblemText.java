package dev.rekey.core.plan.reading;

import dev.rekey.core.plan.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Problems as people read them, three lines each. The cause of a failed execution is all that its starter gets:
 * so it has them in this form, from which they can be read again.
 */
public final class ProblemText {
    private static final Pattern FORM =
            Pattern.compile("(?m)^(?<severity>error|warning)  (?<path>.*)  \\[(?<id>[a-z.-]+)]\\n"
                    + " {4}(?<message>.*)\\n"
                    + " {4}(?<hint>.*)$");

    private ProblemText() {}

    public static List<String> lines(List<Problem> problems) {
        var lines = new ArrayList<String>();
        for (var problem : problems) {
            lines.add("%s  %s  [%s]".formatted(word(problem.severity()), problem.path(), problem.id()));
            lines.add("    " + oneLine(problem.message()));
            lines.add("    " + oneLine(problem.hint()));
        }
        return lines;
    }

    /** The problems whose lines stand in {@code text}, among others. */
    public static List<Problem> read(String text) {
        return FORM.matcher(text)
                .results()
                .map(found -> new Problem(
                        Severity.valueOf(found.group("severity").toUpperCase(Locale.ROOT)),
                        found.group("id"),
                        found.group("path"),
                        found.group("message"),
                        found.group("hint")))
                .toList();
    }

    /** {@code error} or {@code warning}. */
    public static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ');
    }
}
