package dev.rekey.cli.text;

import java.util.Map;

/** Colours of a terminal. */
public enum Colour {
    RED(31),
    GREEN(32),
    YELLOW(33),
    MAGENTA(35),
    CYAN(36),
    FAINT(2);

    private static final String RESET = "\u001b[0m";

    private final String begin;

    Colour(int code) {
        this.begin = "\u001b[" + code + "m";
    }

    /**
     * Whether the user of a terminal wants colours.
     *
     * @param variables of the environment: {@code NO_COLOR}, with any text, and {@code TERM=dumb} turn colours off
     */
    public static boolean areWanted(Map<String, String> variables) {
        return variables.getOrDefault("NO_COLOR", "").isEmpty()
                && !variables.getOrDefault("TERM", "").equals("dumb");
    }

    String on(String text) {
        return begin + text + RESET;
    }
}
