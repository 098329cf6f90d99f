package dev.rekey.local.functions;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The plain name of a function. */
public record FunctionName(String value) {
    private static final Pattern FORMS = Pattern.compile(
            "(?:arn:aws[a-z-]*:lambda:[a-z0-9-]+:\\d{12}:function:|\\d{12}:function:)?([A-Za-z0-9_-]{1,64})(?::[A-Za-z0-9$_-]+)?");

    /**
     * Reads a name as the Invoke API takes it: plain, partial ARN or whole ARN, each with or without a qualifier. There
     * is one version of every function here, so any qualifier means that.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static FunctionName parse(String text) {
        Matcher matcher = FORMS.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is neither the name nor the ARN of a function.");
        }
        return new FunctionName(matcher.group(1));
    }

    @Override
    public String toString() {
        return value;
    }
}
