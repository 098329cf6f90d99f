package dev.rekey.cli.text;

import dev.rekey.core.plan.document.Problem;
import dev.rekey.core.plan.document.ProblemText;
import java.util.List;
import java.util.stream.Stream;

/** Problems for people, their sentences in lines of at most 80 columns. */
public final class ProblemLines {
    private static final String INDENT = "    ";

    private ProblemLines() {}

    public static List<String> folded(List<Problem> problems) {
        return ProblemText.folded(problems).stream()
                .flatMap(ProblemLines::wrapped)
                .toList();
    }

    /** A command stays on one line, to be pasted. */
    private static Stream<String> wrapped(String line) {
        return line.startsWith(INDENT) && !line.contains("rekey ")
                ? Wrapping.lines(INDENT, line).stream()
                : Stream.of(line);
    }
}
