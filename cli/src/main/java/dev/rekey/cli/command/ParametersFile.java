package dev.rekey.cli.command;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.exit.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Parameters of a stack in a file for {@code sam deploy --parameter-overrides file://FILE}. */
record ParametersFile(Environment environment, Path file) {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER, YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    /** Writes these, and keeps all others. An empty one is null: what is not given would keep its value in the stack. */
    void write(Map<String, String> values) {
        var path = environment.directory().resolve(file);
        try {
            var all = new LinkedHashMap<String, Object>();
            if (Files.exists(path) && Files.size(path) > 0) {
                all.putAll(YAML.readValue(path.toFile(), new TypeReference<Map<String, Object>>() {}));
            }
            values.forEach((name, value) -> all.put(name, value.isEmpty() ? null : value));
            Files.writeString(path, YAML.writeValueAsString(all));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Usage",
                    "Cannot write the parameters to " + file + ": " + e.getMessage()
                            + ". The policies are printed. Correct the file, or name another.",
                    e);
        }
    }
}
