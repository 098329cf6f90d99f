package dev.rekey.cli.wiring;

import dev.rekey.cli.ending.CommandFailure;
import dev.rekey.cli.ending.ExitCode;
import dev.rekey.local.Endpoints;
import dev.rekey.local.StateMachine;
import dev.rekey.local.functions.Functions;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The state machine and its functions as a stack on this machine has them. */
final class LocalFunctions {
    private static final String NAME = "rekey-migration";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");
    private static final String FUNCTION = "Function";

    private LocalFunctions() {}

    /** The workflow's document with the names of this machine in place of its placeholders. */
    static StateMachine stateMachine(LocalFiles files, String bucket) {
        return new StateMachine(NAME, filled(text(files), bucket));
    }

    static String filled(String document, String bucket) {
        return PLACEHOLDER
                .matcher(document)
                .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), bucket)));
    }

    private static String value(String placeholder, String bucket) {
        if (placeholder.equals("Bucket")) {
            return bucket;
        }
        if (placeholder.endsWith(FUNCTION)) {
            return functionName(placeholder.substring(0, placeholder.length() - FUNCTION.length()));
        }
        throw new IllegalArgumentException("the workflow has a placeholder that nothing stands for: " + placeholder);
    }

    private static String functionName(String name) {
        return "rekey-" + name.toLowerCase(Locale.ROOT);
    }

    static Functions of(Endpoints endpoints) {
        return Functions.none();
    }

    private static String text(LocalFiles files) {
        try {
            return Files.readString(files.definition());
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "LocalStack.DEFINITION_MISSING",
                    "Cannot start the local stack: the workflow's document cannot be read: " + e
                            + ". Nothing was started. Check out Rekey's sources again.",
                    e);
        }
    }
}
