package dev.rekey.cli.text;

import java.util.ArrayList;
import java.util.List;

/** The notes of a plan: what remains to be done by hand. */
public final class NotesText {
    private static final int COLUMNS = 80;

    private NotesText() {}

    /** Nothing if there are no notes. */
    public static List<String> lines(List<String> notes) {
        var lines = new ArrayList<String>();
        if (!notes.isEmpty()) {
            lines.add("Manual steps that remain:");
        }
        for (int i = 0; i < notes.size(); i++) {
            var number = "%3d. ".formatted(i + 1);
            var text = wrapped(notes.get(i), COLUMNS - number.length());
            lines.add(number + text.getFirst());
            text.stream().skip(1).forEach(line -> lines.add(" ".repeat(number.length()) + line));
        }
        return lines;
    }

    /** A word that is longer than {@code width} has a line of its own. Control characters could steer a terminal. */
    private static List<String> wrapped(String note, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : note.replaceAll("[\\s\\p{Cntrl}]+", " ").strip().split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
