package dev.rekey.engine.draft;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Texts as YAML writes them. */
final class Yaml {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
    private static final Set<String> OTHERWISE = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private Yaml() {}

    static String text(String text) {
        if (PLAIN.matcher(text).matches() && !OTHERWISE.contains(text.toLowerCase(Locale.ROOT))) {
            return text;
        }
        var printable = text.chars().noneMatch(c -> Character.isISOControl(c));
        return text.contains("\"") && printable ? "'" + text.replace("'", "''") + "'" : new TextNode(text).toString();
    }
}
