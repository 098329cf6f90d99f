package dev.rekey.core.plan.document;

import dev.rekey.core.plan.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Problems as people read them, three lines each. The cause of a failed execution is all that its starter gets:
 * so it has them in this form, from which they can be read again.
 */
public final class ProblemText {
    private static final Pattern FORM =
            Pattern.compile("(?m)^(?<severity>error|warning|note)  (?<path>.*)  \\[(?<id>[a-z.-]+)]\\n"
                    + " {4}(?<message>.*)\\n"
                    + " {4}(?<hint>.*)$");

    /** So many problems of a kind are shown one by one, or named of more. */
    private static final int NAMED = 3;

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

    /**
     * For people only: several problems of one kind are one with a count, the first places, and what is to be done about the first.
     * Lists that hold every one of them are elsewhere: in {@code --json}, and in the report of a run.
     */
    public static List<String> folded(List<Problem> problems) {
        var kinds = new LinkedHashMap<Kind, List<Problem>>();
        problems.forEach(
                problem -> kinds.computeIfAbsent(new Kind(problem.severity(), problem.id()), _ -> new ArrayList<>())
                        .add(problem));
        var lines = new ArrayList<String>();
        kinds.forEach((kind, all) -> lines.addAll(all.size() <= NAMED ? lines(all) : folded(kind, all)));
        return lines;
    }

    private record Kind(Severity severity, String id) {}

    private static List<String> folded(Kind kind, List<Problem> all) {
        var first = all.getFirst();
        return List.of(
                String.format(Locale.ROOT, "%s  %,d places  [%s]", word(kind.severity()), all.size(), kind.id()),
                "    "
                        + all.stream().limit(NAMED).map(Problem::path).collect(Collectors.joining(", "))
                        + String.format(Locale.ROOT, " and %,d more", all.size() - NAMED),
                "    The first: " + oneLine(first.message()),
                "    " + oneLine(first.hint()));
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

    /** {@code error}, {@code warning} or {@code note}. */
    public static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ');
    }
}
