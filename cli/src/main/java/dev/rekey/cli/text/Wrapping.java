package dev.rekey.cli.text;

import java.util.ArrayList;
import java.util.List;

/** Text in lines of at most 80 columns. */
public final class Wrapping {
    private static final int COLUMNS = 80;

    private Wrapping() {}

    /**
     * The words of {@code text} behind {@code label}, and below it where one line is too short. A word that is too long
     * has a line of its own. Control characters become blanks: they could steer a terminal.
     */
    public static List<String> lines(String label, String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder(label);
        boolean empty = true;
        for (var word : text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip().split(" ", -1)) {
            if (!empty && line.length() + 1 + word.length() > COLUMNS) {
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
}
