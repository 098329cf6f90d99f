package dev.rekey.engine.join;

import dev.rekey.core.identity.OldId;
import java.util.regex.Pattern;

/** What an id looks like, such as {@code AAA-000000}: never the id. */
public final class IdForm {
    /** Of ids that have no form in common. */
    static final String SEVERAL = "several forms";

    private static final int LONGEST_SHOWN = 40;
    private static final int UUID_LENGTH = 36;
    private static final Pattern UUID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern RUN = Pattern.compile("(.)\\1+");

    private IdForm() {}

    static String of(OldId id) {
        return switch (id.type()) {
            case S -> isUuid(id.canonical()) ? "UUID" : of(id.canonical());
            case N -> "number";
            case B -> "binary";
        };
    }

    public static boolean isUuid(String text) {
        return text.length() == UUID_LENGTH && UUID.matcher(text).matches();
    }

    /** Digits become 0, letters a or A. */
    public static String of(String text) {
        var form = new StringBuilder();
        text.codePoints().limit(LONGEST_SHOWN).forEach(c -> form.append(of(c)));
        return text.length() > LONGEST_SHOWN ? form + "…" : form.toString();
    }

    private static char of(int c) {
        if (Character.isDigit(c)) {
            return '0';
        }
        if (Character.isLetter(c)) {
            return Character.isUpperCase(c) ? 'A' : 'a';
        }
        return c > ' ' && c < 127 ? (char) c : '?';
    }

    /** What two forms have in common: themselves, or which kinds of characters follow one another. */
    static String common(String one, String other) {
        if (one.equals(other) || one.equals(SEVERAL)) {
            return one;
        }
        var shorter = RUN.matcher(one).replaceAll("$1");
        return shorter.equals(RUN.matcher(other).replaceAll("$1")) ? shorter : SEVERAL;
    }
}
