package dev.rekey.engine.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rekey.engine.store.Files.FileVersion;
import dev.rekey.engine.store.Files.Stated;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The folder of an export of a DynamoDB table to S3. Its manifests say which files hold the records; other files are not read.
 *
 * @param files with records, in the order of the manifest
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html">Export output format</a>
 */
record ExportFolder(List<FileVersion> files, List<Fault> faults) {
    private static final String SUMMARY = "manifest-summary.json";
    private static final String LIST = "manifest-files.json";
    private static final String DATA = "data/";
    private static final String DAMAGED = "file.damaged";
    private static final String AGAIN = "Copy the whole folder of the export again, or export the table again.";
    private static final int MOST_NAMED = 3;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What is wrong with it. */
    record Fault(String id, String fact, String hint) {}

    /**
     * @param folder as the plan names it
     * @param found what is in it, by the names relative to it
     * @param content of a file; empty if it is another one by now
     */
    static ExportFolder read(
            String folder, Map<String, FileVersion> found, Function<FileVersion, Optional<byte[]>> content) {
        var reading = new Reading(folder, found, content);
        var files = reading.files();
        return new ExportFolder(reading.faults.isEmpty() ? files : List.of(), List.copyOf(reading.faults));
    }

    private record Reading(
            String folder,
            Map<String, FileVersion> found,
            Function<FileVersion, Optional<byte[]>> content,
            List<Fault> faults) {
        Reading(String folder, Map<String, FileVersion> found, Function<FileVersion, Optional<byte[]>> content) {
            this(folder, found, content, new ArrayList<>());
        }

        private List<FileVersion> files() {
            if (!found.containsKey(SUMMARY) || !found.containsKey(LIST)) {
                incomplete();
                return List.of();
            }
            var summary = lines(SUMMARY).stream().findFirst().orElseGet(JSON::createObjectNode);
            if (summary.path("exportType").asText().equals("INCREMENTAL_EXPORT")) {
                fault(
                        "file.incremental",
                        folder + " is an incremental export: it has changes, and not all records.",
                        "Name the folder of a full export.");
            } else if (!summary.path("outputFormat").asText().equals("DYNAMODB_JSON")) {
                fault(
                        "file.format",
                        folder + " is an export in another format than DynamoDB JSON.",
                        "Export the table again, with the format DYNAMODB_JSON.");
            }
            var files = lines(LIST).stream()
                    .map(this::file)
                    .flatMap(Optional::stream)
                    .toList();
            long records = files.stream()
                    .flatMap(file -> file.stated().stream())
                    .mapToLong(Stated::records)
                    .sum();
            if (faults.isEmpty() && summary.path("itemCount").asLong(-1) != records) {
                fault(
                        DAMAGED,
                        "The files of the export %s have %,d records, and its summary says %s."
                                .formatted(folder, records, summary.path("itemCount")),
                        AGAIN);
            }
            return files;
        }

        private void incomplete() {
            var others = found.keySet().stream()
                    .filter(name -> name.endsWith("/" + SUMMARY))
                    .map(name -> folder + name.substring(0, name.length() - SUMMARY.length()))
                    .limit(MOST_NAMED)
                    .toList();
            fault(
                    "file.missing",
                    "The folder %s has no %s: it is not that of a complete export."
                            .formatted(folder, found.containsKey(SUMMARY) ? LIST : SUMMARY),
                    others.isEmpty()
                            ? "Name the folder that has it, or the files themselves, such as " + folder + "*.json."
                            : "Name the folder of one export: " + String.join(", ", others) + ".");
        }

        /** The folder may have been copied: only the name below it counts. */
        private Optional<FileVersion> file(JsonNode line) {
            var key = line.path("dataFileS3Key").asText();
            var name = DATA + key.substring(key.lastIndexOf('/') + 1);
            var file = Optional.ofNullable(found.get(name));
            if (file.isEmpty()) {
                fault(
                        "file.missing",
                        "There is no file " + folder + name + ", which the manifest of the export names.",
                        AGAIN);
            } else if (!name.endsWith(".gz")
                    || !line.path("md5Checksum").isTextual()
                    || !line.path("itemCount").isIntegralNumber()) {
                fault(
                        DAMAGED,
                        "The manifest of the export " + folder + " does not say what " + name + " holds.",
                        AGAIN);
            }
            return file.map(one -> new FileVersion(
                    one.address(),
                    one.bytes(),
                    one.tag(),
                    Optional.of(new Stated(
                            line.path("md5Checksum").asText(),
                            line.path("itemCount").asLong()))));
        }

        private List<JsonNode> lines(String name) {
            var lines = new ArrayList<JsonNode>();
            try {
                var text = content.apply(found.get(name))
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .orElse("");
                for (var line : text.lines().filter(one -> !one.isBlank()).toList()) {
                    lines.add(JSON.readTree(line));
                }
            } catch (JsonProcessingException _) {
                fault(DAMAGED, "The file " + folder + name + " is not JSON, line by line.", AGAIN);
            }
            return lines;
        }

        private void fault(String id, String fact, String hint) {
            faults.add(new Fault(id, fact, hint));
        }
    }
}
