package dev.rekey.interpreter.definition;

/** The rules for names of state machines, executions and labels. */
public final class Names {
    public static final String RULE = "no white space, no control characters and none of <>{}[]?*\"#%\\^|~`$&,;:/";

    private static final int LONGEST = 80;
    private static final int LONGEST_LABEL = 40;
    private static final String REFUSED = "<>{}[]?*\"#%\\^|~`$&,;:/";

    private Names() {}

    /** Whether a name has 1 to 80 characters, all of them allowed. */
    public static boolean valid(String name) {
        return !name.isEmpty()
                && name.codePointCount(0, name.length()) <= LONGEST
                && name.codePoints().allMatch(Names::allowed);
    }

    private static boolean allowed(int character) {
        return !Character.isWhitespace(character)
                && !Character.isISOControl(character)
                && REFUSED.indexOf(character) < 0;
    }

    /** The label of a distributed Map that names none: its name without what names may not hold. */
    static String label(String state) {
        StringBuilder label = new StringBuilder();
        state.codePoints().filter(Names::allowed).limit(LONGEST_LABEL).forEach(label::appendCodePoint);
        return label.isEmpty() ? "Map" : label.toString();
    }
}
