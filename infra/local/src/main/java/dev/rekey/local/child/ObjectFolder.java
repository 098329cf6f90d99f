package dev.rekey.local.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The folder of an object, as a process left it that was killed at any moment. */
final class ObjectFolder {
    private static final String VERSIONS = "versions.json";

    private final Path folder;
    private final JsonMapper mapper;

    ObjectFolder(Path folder, JsonMapper mapper) {
        this.folder = folder;
        this.mapper = mapper;
    }

    /** What a folder holds. */
    sealed interface Held {
        /** @param tidied whether something was there that no finished request had left */
        record Whole(String key, long lastModified, boolean tidied) implements Held {}

        /** Nothing that was ever stored, or nothing any more: a write or a deletion was cut off. */
        record Nothing() implements Held {}

        /** A description without its content: a deletion was cut off, or somebody else removed the content. */
        record NoContent(String key) implements Held {}

        record Unreadable() implements Held {}
    }

    /** Completes or takes back what was cut off; what was stored stays. Repeated after another kill, it does the same. */
    Held settle() throws IOException {
        try {
            return settle(descriptions());
        } catch (JacksonException | ClassCastException | NumberFormatException notADescription) {
            return new Held.Unreadable();
        }
    }

    private Held settle(List<Description> descriptions) throws IOException {
        var whole = new ArrayList<Description>();
        for (Description description : descriptions) {
            switch (description.look()) {
                case WHOLE -> whole.add(description);
                case MISSING -> Files.delete(description.file());
                case DAMAGED -> {
                    return new Held.Unreadable();
                }
            }
        }
        if (whole.isEmpty()) {
            Trees.remove(folder);
            return descriptions.isEmpty()
                    ? new Held.Nothing()
                    : new Held.NoContent(descriptions.getFirst().key());
        }
        // Not ||: every step must run.
        boolean tidied = whole.size() < descriptions.size();
        tidied |= forgetVersionsThatWereNotStored();
        tidied |= removeWhatNobodyNames(whole);
        renameContents(whole);
        var newest = whole.stream()
                .max(Comparator.comparing(Description::lastModified))
                .orElseThrow();
        return new Held.Whole(newest.key(), newest.lastModified(), tidied);
    }

    private List<Description> descriptions() throws IOException {
        return files().stream()
                .filter(file -> file.getFileName().toString().endsWith(Description.NAME))
                .map(file -> Description.read(mapper, file))
                .toList();
    }

    /** S3Mock names a version before it stores it. */
    private boolean forgetVersionsThatWereNotStored() throws IOException {
        Path file = folder.resolve(VERSIONS);
        if (!Files.exists(file)) {
            return false;
        }
        var named = (ObjectNode) mapper.readTree(file.toFile());
        var stored = named.deepCopy();
        var versions = stored.putArray("versions");
        for (var version : named.required("versions")) {
            if (Files.exists(folder.resolve(version.asString() + "-" + Description.NAME))) {
                versions.add(version);
            }
        }
        if (stored.equals(named)) {
            return false;
        }
        WholeFile.write(file, mapper.writeValueAsBytes(stored));
        return true;
    }

    private boolean removeWhatNobodyNames(List<Description> descriptions) throws IOException {
        Set<Path> named = new HashSet<>();
        descriptions.forEach(description -> named.add(description.content()));
        boolean removed = false;
        for (Path file : files()) {
            String name = file.getFileName().toString();
            boolean content = name.contains(Description.FRESH) && !named.contains(file);
            if (content || name.endsWith(WholeFile.UNFINISHED)) {
                Files.delete(file);
                removed = true;
            }
        }
        return removed;
    }

    private void renameContents(List<Description> descriptions) throws IOException {
        for (Description description : descriptions) {
            if (description.namesFreshContent() && Files.exists(description.content())) {
                description.renameContent(mapper);
            }
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }
}
