package dev.rekey.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The objects of a bucket as S3Mock keeps them in its folder, read while no stack runs there. Changes nothing. */
record KeptObjects(Path bucket) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DESCRIPTION = "objectMetadata.json";

    /** Those whose keys {@code wanted} takes; an object that a killed stack left half written is missing. */
    Map<String, byte[]> read(Predicate<String> wanted) throws IOException {
        var found = new TreeMap<String, byte[]>();
        if (Files.isDirectory(bucket)) {
            try (Stream<Path> folders = Files.list(bucket)) {
                for (Path folder : (Iterable<Path>) folders::iterator) {
                    add(folder, wanted, found);
                }
            }
        }
        return found;
    }

    private static void add(Path folder, Predicate<String> wanted, Map<String, byte[]> found) throws IOException {
        Path file = folder.resolve(DESCRIPTION);
        if (!Files.isRegularFile(file)) {
            return;
        }
        JsonNode description;
        try {
            description = JSON.readTree(file.toFile());
        } catch (JsonProcessingException cutOff) {
            // The next start says of how many objects this is so.
            return;
        }
        String key = description.path("key").asText();
        String content = description.path("dataPath").asText();
        if (wanted.test(key)) {
            try {
                found.put(key, Files.readAllBytes(folder.resolve(content.substring(content.lastIndexOf('/') + 1))));
            } catch (NoSuchFileException cutOff) {
                // A kill came between content and description: the next start repairs it.
                found.remove(key);
            }
        }
    }
}
