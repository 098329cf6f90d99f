package dev.rekey.cli.text;

import java.util.ArrayList;
import java.util.List;

/** The notes of a plan: what remains to be done by hand. */
public final class NotesText {
    private NotesText() {}

    /** Nothing if there are no notes. */
    public static List<String> lines(List<String> notes) {
        var lines = new ArrayList<String>();
        if (!notes.isEmpty()) {
            lines.add("Manual steps that remain:");
        }
        for (int i = 0; i < notes.size(); i++) {
            lines.addAll(Wrapping.lines("%3d. ".formatted(i + 1), notes.get(i)));
        }
        return lines;
    }
}
