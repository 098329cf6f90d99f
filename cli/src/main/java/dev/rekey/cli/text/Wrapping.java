package dev.rekey.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Text in lines that fit. */
public final class Wrapping {
    /** Of lines of sentences, in terminals of any size: longer lines are hard to read. */
    public static final int COLUMNS = 80;

    /** A command of a message: its options, values of them, runs and plans. It is pasted, so it stays in one piece. */
    public static final String COMMAND =
            "rekey [a-z]+(?: (?:--[a-z][a-z-]*(?: (?!--|or\\b|and\\b)(?:'[^']*'|[^\\s;']+))?"
                    + "|[0-9]{8}T[0-9]{9}Z-[0-9a-f]{8}|[^\\s']+\\.ya?ml|[A-Z]+))*";

    private static final Pattern WORDS = Pattern.compile("\\S*" + COMMAND + "\\S*|\\S+");

    /** A label with what it names; a line with more gaps is a row of a table. */
    private static final Pattern LABELLED = Pattern.compile("( *\\S+(?: \\S+){0,2} {2,})(?!.* {2})(\\S.*)");

    private static final Pattern SENTENCE = Pattern.compile("( *)(?!.*\\S {2})(\\S.*)");

    private Wrapping() {}

    /** The same in 80 columns. */
    public static List<String> lines(String label, String text) {
        return lines(label, text, COLUMNS);
    }

    /**
     * The words of {@code text} behind {@code label}, and below it where one line is too short. A word that is too long
     * has a line of its own. Control characters become blanks: they could steer a terminal.
     */
    private static List<String> lines(String label, String text, int columns) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder(label);
        boolean empty = true;
        for (var word : words(text)) {
            if (!empty && line.length() + 1 + word.length() > columns) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(label.length()));
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString());
        return lines;
    }

    private static List<String> words(String text) {
        return WORDS.matcher(text.replaceAll("[\\s\\p{Cntrl}]+", " "))
                .results()
                .map(word -> word.group())
                .toList();
    }

    /** The lines of {@code text}, those of them wrapped that are sentences, or a label with a sentence, and too long. */
    public static List<String> folded(String text, int columns) {
        return Stream.of(text.split("\\R", -1))
                .flatMap(line -> fitting(line, columns))
                .toList();
    }

    private static Stream<String> fitting(String line, int columns) {
        if (line.length() <= columns) {
            return Stream.of(line);
        }
        for (var form : List.of(SENTENCE, LABELLED)) {
            var found = form.matcher(line);
            if (found.matches()) {
                return lines(found.group(1), found.group(2), columns).stream();
            }
        }
        return Stream.of(line);
    }
}
