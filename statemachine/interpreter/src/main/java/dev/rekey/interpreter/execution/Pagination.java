package dev.rekey.interpreter.execution;

import dev.rekey.interpreter.api.ListRequest;
import dev.rekey.interpreter.api.ListResult;
import dev.rekey.interpreter.api.StepFunctionsException;
import dev.rekey.interpreter.api.StepFunctionsException.Code;
import java.util.List;
import java.util.Optional;

/** Cuts lists into pages; a token is the place where the next one begins. */
public final class Pagination {
    private static final int STANDARD = 100;
    private static final int MOST = 1_000;
    private static final String MARK = "at-";

    private Pagination() {}

    public static <T> ListResult<T> of(List<T> all, ListRequest page) {
        if (page.maxResults() < 0 || page.maxResults() > MOST) {
            throw new StepFunctionsException(
                    Code.VALIDATION, "maxResults must be from 0 to " + MOST + ", not " + page.maxResults());
        }
        int size = page.maxResults() == 0 ? STANDARD : page.maxResults();
        int from = page.token().map(Pagination::place).orElse(0);
        int start = Math.min(from, all.size());
        int end = Math.min(start + size, all.size());
        Optional<String> next = end < all.size() ? Optional.of(MARK + end) : Optional.empty();
        return new ListResult<>(all.subList(start, end), next);
    }

    private static int place(String token) {
        if (token.startsWith(MARK) && token.substring(MARK.length()).matches("[0-9]{1,9}")) {
            return Integer.parseInt(token.substring(MARK.length()));
        }
        throw new StepFunctionsException(Code.INVALID_TOKEN, "Invalid Token: '" + token + "'");
    }
}
