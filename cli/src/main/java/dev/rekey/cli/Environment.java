package dev.rekey.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a command sees of the machine it runs on.
 *
 * @param in what the user types
 * @param out data
 * @param err progress and diagnostics
 * @param variables the process's environment variables
 * @param home folder that holds Rekey's own files, if the launcher told
 */
record Environment(
        InputStream in, PrintWriter out, PrintWriter err, Map<String, String> variables, Optional<Path> home) {
    Environment {
        variables = Map.copyOf(variables);
    }
}
