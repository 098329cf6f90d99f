package dev.rekey.local.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A {@code sam deploy} in a document.
 *
 * @param parameters as SAM reads them
 * @param misread arguments of which SAM reads another name or value than stands there
 */
record SamLine(String text, Map<String, String> parameters, List<String> misread) {
    private static final Pattern COMMAND = Pattern.compile("(?m)^[ $]*(?:.*&& )?(sam deploy (?:.*\\\\\\n)*.*)$");
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"'#]|\"[^\"]*\"|'[^']*')+");
    private static final String FILE = "file://";

    /** As in {@code CfnParameterOverridesType} of SAM's {@code samcli/cli/types.py}. */
    private static final Pattern KEY_VALUE = Pattern.compile(
            " ([A-Za-z0-9\\\\\"']+)=(\"(?:\\\\.|[^\"\\\\]+)*\"|'(?:\\\\.|[^'\\\\]+)*'|(?:\\\\.|[^ \"\\\\]+)+)");

    static Stream<SamLine> of(String document) {
        return COMMAND.matcher(document)
                .results()
                .map(found -> read(found.group(1).replace("\\\n", " ")));
    }

    private static SamLine read(String text) {
        var parameters = new LinkedHashMap<String, String>();
        var misread = new ArrayList<String>();
        boolean overrides = false;
        for (var word : WORD.matcher(text).results().map(found -> found.group()).toList()) {
            var argument = word.replaceAll("[\"'](.*?)[\"']", "$1");
            if (argument.startsWith("--")) {
                overrides = argument.equals("--parameter-overrides");
            } else if (overrides && !argument.startsWith(FILE)) {
                var read = KEY_VALUE.matcher(" " + argument);
                if (read.find() && argument.equals(read.group(1) + "=" + read.group(2))) {
                    parameters.put(read.group(1), read.group(2));
                } else {
                    misread.add(argument);
                }
            }
        }
        return new SamLine(text, parameters, misread);
    }
}
