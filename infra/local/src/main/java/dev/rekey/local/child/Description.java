package dev.rekey.local.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What S3Mock keeps of an object beside its content: {@code objectMetadata.json}, for a version of an object with the
 * version before it. An object is what its description says: it is stored once its description is, and gone without one.
 *
 * <p>S3Mock has one file for an object's content and writes a new content over the old one. Here a content that S3Mock
 * has just written gets a name of its own, of two in turn, before the description names it; the old content goes last.
 * The description names a file of its own folder, not of the file system, so that the folder can be moved.
 */
record Description(Path file, ObjectNode json) {
    static final String NAME = "objectMetadata.json";

    /** The end of the name of what S3Mock writes. */
    static final String FRESH = "binaryData";

    private static final String FIRST = ".a";
    private static final String SECOND = ".b";
    private static final String CONTENT = "dataPath";

    static Description read(JsonMapper mapper, Path file) {
        return new Description(file, (ObjectNode) mapper.readTree(file.toFile()));
    }

    String key() {
        return json.required("key").asString();
    }

    long lastModified() {
        return json.required("lastModified").asLong();
    }

    Path content() {
        String stored = json.required(CONTENT).asString();
        return file.resolveSibling(stored.substring(stored.lastIndexOf('/') + 1));
    }

    /** Whether the content is there with all its bytes; the marker of a deleted object has none. */
    Content look() throws IOException {
        if (json.path("deleteMarker").asBoolean(false)) {
            return Content.WHOLE;
        }
        if (!Files.exists(content())) {
            return Content.MISSING;
        }
        boolean whole =
                Files.size(content()) == Long.parseLong(json.required("size").asString());
        return whole ? Content.WHOLE : Content.DAMAGED;
    }

    enum Content {
        WHOLE,
        MISSING,
        DAMAGED
    }

    /** As S3Mock wants it: with the content's place in the file system. */
    JsonNode forS3Mock() {
        return json.deepCopy().put(CONTENT, content().toUri().toString());
    }

    /** Whether the content still has the name that the next one is written to. */
    boolean namesFreshContent() {
        return content().getFileName().toString().endsWith(FRESH);
    }

    /** Stores this description, and with it the content that S3Mock has written for it, if it has. */
    void store(JsonMapper mapper) throws IOException {
        Optional<Path> before =
                Files.exists(file) ? Optional.of(read(mapper, file).content()) : Optional.empty();
        Path content = namesFreshContent() ? named(content(), before) : content();
        write(mapper, content);
        if (before.isPresent() && !before.get().equals(content)) {
            Files.deleteIfExists(before.get());
        }
    }

    /** Gives this description's content, which still has S3Mock's name, a name of its own. */
    void renameContent(JsonMapper mapper) throws IOException {
        Path content = content().resolveSibling(content().getFileName() + FIRST);
        // A copy: the description must name a file that is there, at any moment.
        Files.copy(content(), content, StandardCopyOption.REPLACE_EXISTING);
        write(mapper, content);
        Files.delete(content());
    }

    private static Path named(Path fresh, Optional<Path> before) throws IOException {
        Path first = fresh.resolveSibling(fresh.getFileName() + FIRST);
        Path free =
                before.filter(first::equals).isPresent() ? fresh.resolveSibling(fresh.getFileName() + SECOND) : first;
        return Files.move(fresh, free, StandardCopyOption.ATOMIC_MOVE);
    }

    private void write(JsonMapper mapper, Path content) throws IOException {
        var stored = json.deepCopy().put(CONTENT, content.getFileName().toString());
        WholeFile.write(file, mapper.writeValueAsBytes(stored));
    }
}
