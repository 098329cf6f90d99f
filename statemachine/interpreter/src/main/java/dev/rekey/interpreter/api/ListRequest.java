package dev.rekey.interpreter.api;

import java.util.Optional;

/**
 * Which page of a list is wanted.
 *
 * @param maxResults 1 to 1,000; 0 asks for the service's default of 100
 * @param token the {@code nextToken} of the page before; absent for the first page
 */
public record ListRequest(int maxResults, Optional<String> token) {
    /** The first page in the default size. */
    public static ListRequest first() {
        return new ListRequest(0, Optional.empty());
    }
}
