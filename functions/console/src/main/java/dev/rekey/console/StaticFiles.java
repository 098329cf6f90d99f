package dev.rekey.console;

import dev.rekey.engine.page.PageTemplate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Style sheets and scripts, by address; read once. */
final class StaticFiles {
    private static final String HTMX = "/META-INF/resources/webjars/htmx.org/2.0.4/dist/htmx.min.js";
    private static final String SCRIPT = "text/javascript";

    private final Map<String, Answer> files = Map.of(
            "/static/report.css", Answer.text("text/css", PageTemplate.style()),
            "/static/console.css", Answer.text("text/css", Api.resource("console.css")),
            "/static/console.js", Answer.text(SCRIPT, Api.resource("console.js")),
            "/static/htmx.min.js", Answer.text(SCRIPT, htmx()));

    Optional<Answer> find(String path) {
        return Optional.ofNullable(files.get(path));
    }

    private static String htmx() {
        try (var stream = StaticFiles.class.getResourceAsStream(HTMX)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
