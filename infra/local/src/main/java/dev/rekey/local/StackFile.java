package dev.rekey.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** {@code stack.json}: tells other processes where the stack of a data directory is reached. */
record StackFile(Path path) {
    private static final int FORMAT = 1;

    /** The start of a process as two processes see it may differ by the rounding of the machine's own start. */
    private static final Duration SAME_START = Duration.ofSeconds(2);

    private static final ObjectMapper JSON = new ObjectMapper();

    static StackFile in(Path data) {
        return new StackFile(data.resolve("stack.json"));
    }

    void publish(Endpoints endpoints, ProcessHandle owner) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", FORMAT);
        json.put("pid", owner.pid());
        json.put("started", owner.info().startInstant().orElse(Instant.EPOCH).toString());
        json.put("dynamodb", endpoints.dynamodb().toString());
        json.put("s3", endpoints.s3().toString());
        json.put("stepFunctions", endpoints.stepFunctions().toString());
        json.put("lambda", endpoints.lambda().toString());
        json.put("region", endpoints.region());
        json.put("account", endpoints.account());
        json.put("bucket", endpoints.bucket());
        json.put("stateMachineArn", endpoints.stateMachineArn());
        Path part = path.resolveSibling("stack.json.part");
        Files.writeString(part, json.toPrettyString() + "\n");
        Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void remove() throws IOException {
        Files.deleteIfExists(path);
    }

    /** The endpoints, if the process that published them still lives; a file left behind counts as none. */
    Optional<Endpoints> read() throws IOException {
        String text;
        try {
            text = Files.readString(path);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        JsonNode json = JSON.readTree(text);
        return json.path("format").asInt() == FORMAT && lives(json) ? Optional.of(endpoints(json)) : Optional.empty();
    }

    private static boolean lives(JsonNode json) {
        try {
            Instant started = Instant.parse(json.path("started").asText());
            return ProcessHandle.of(json.path("pid").asLong())
                    .filter(ProcessHandle::isAlive)
                    .map(process -> process.info().startInstant().orElse(Instant.EPOCH))
                    .filter(start -> Duration.between(start, started).abs().compareTo(SAME_START) <= 0)
                    .isPresent();
        } catch (DateTimeParseException unreadable) {
            return false;
        }
    }

    private static Endpoints endpoints(JsonNode json) {
        return new Endpoints(
                new Endpoints.Addresses(
                        URI.create(json.path("dynamodb").asText()),
                        URI.create(json.path("s3").asText()),
                        URI.create(json.path("stepFunctions").asText()),
                        URI.create(json.path("lambda").asText())),
                new StackOptions.Names(
                        json.path("region").asText(),
                        json.path("account").asText(),
                        json.path("bucket").asText()),
                json.path("stateMachineArn").asText());
    }
}
