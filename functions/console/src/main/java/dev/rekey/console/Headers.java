package dev.rekey.console;

/** What every answer says to a browser. */
final class Headers {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** A report has its own policy in itself, and its script and style; a sandbox keeps it from everything of the console. */
    private static final String POLICY_OF_REPORT =
            "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:;"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private Headers() {}

    static Answer of(Answer answer) {
        boolean report = answer.body().startsWith("<!doctype html>")
                && answer.headers().getOrDefault("Rekey-Page", "report").equals("report");
        return answer.with("Content-Security-Policy", report ? POLICY_OF_REPORT : POLICY)
                .with("X-Content-Type-Options", "nosniff")
                // A form of the console must be able to say where it comes from.
                .with("Referrer-Policy", "same-origin")
                .with("Cache-Control", "no-store");
    }
}
