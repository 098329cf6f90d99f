package dev.rekey.local.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

/** Permissions that the local stack cannot record, as {@code docs/reference/permissions.md} lists them. */
public final class Unseen {
    private static final String TITLE = "## Permissions that cannot be recorded";
    private static final String EVERY_FUNCTION = "every function";

    private Unseen() {}

    public static List<Permission> permissions(Deployed deployed) {
        var document = Template.repository().resolve("docs/reference/permissions.md");
        try (var lines = Files.lines(document)) {
            return lines.dropWhile(line -> !line.equals(TITLE))
                    .skip(1)
                    .takeWhile(line -> !line.startsWith("## "))
                    .filter(line -> line.startsWith("| ") && line.contains("`"))
                    .flatMap(line -> row(deployed, line))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Permission> row(Deployed deployed, String line) {
        var cells = Stream.of(line.split("\\|", -1)).map(String::strip).toList();
        if (cells.size() != 7
                || cells.get(4).isEmpty()
                || !cells.get(5).matches("\\[.+]\\(https://docs\\.aws\\..+\\)")) {
            throw new IllegalArgumentException("not role, action, resource, why and source: " + line);
        }
        return roles(deployed, cells.get(1))
                .flatMap(role -> each(cells.get(2))
                        .flatMap(action -> each(cells.get(3))
                                .map(resource -> resource.replace("${Log}", "${" + capital(role) + "Log}"))
                                .map(resource -> new Permission(role, action, deployed.substituted(resource)))));
    }

    /** What a cell names: every action is for every resource of its row. */
    private static Stream<String> each(String cell) {
        return Stream.of(cell.replace("`", "").split(", ", -1));
    }

    private static Stream<String> roles(Deployed deployed, String cell) {
        if (!cell.equals(EVERY_FUNCTION)) {
            return Stream.of(cell.split(", ", -1));
        }
        return deployed.template().ofType("AWS::Serverless::Function").values().stream()
                .map(function -> deployed.text(function.get("FunctionName")).replace("rekey-", ""));
    }

    private static String capital(String role) {
        return Character.toUpperCase(role.charAt(0)) + role.substring(1);
    }
}
