package dev.rekey.interpreter.execution;

import dev.rekey.interpreter.ports.TaskToken;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Task tokens say which attempt they answer, so that none has to be remembered. */
record Tokens(String executionArn, String frame, long attempt) {
    private static final String MARK = "rekey-task\n";

    TaskToken toToken() {
        String text = MARK + executionArn + "\n" + frame + "\n" + attempt;
        return new TaskToken(
                Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** What a token says; empty when it is none of ours. */
    static Optional<Tokens> of(TaskToken token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token.value()), StandardCharsets.UTF_8);
            String[] parts = text.split("\n", -1);
            return text.startsWith(MARK) && parts.length == 4
                    ? Optional.of(new Tokens(parts[1], parts[2], Long.parseLong(parts[3])))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
