package dev.rekey.local.child;

import dev.rekey.local.child.ObjectFolder.Held;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The folder of a bucket, as a process left it that was killed at any moment. */
final class BucketFolder {
    private static final String DESCRIPTION = "bucketMetadata.json";
    private static final String UPLOADS = "multiparts";

    /** The end of the name of an object's folder that was set aside. */
    static final String UNREADABLE = ".unreadable";

    private static final Pattern ID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private final Path folder;
    private final JsonMapper mapper;
    private final Consumer<StoreNote> notes;
    private final Map<String, Stored> objects = new HashMap<>();
    private int cutOff;
    private int unreadable;

    BucketFolder(Path folder, JsonMapper mapper, Consumer<StoreNote> notes) {
        this.folder = folder;
        this.mapper = mapper;
        this.notes = notes;
    }

    private record Stored(Path folder, long lastModified) {}

    /** Makes the bucket whole. Gives the folders of its objects by their keys; empty too if there is no such bucket. */
    Map<String, String> settle() throws IOException {
        dropUploads();
        Files.deleteIfExists(folder.resolve(DESCRIPTION + WholeFile.UNFINISHED));
        for (Path child : Trees.folders(folder)) {
            String name = child.getFileName().toString();
            if (ID.matcher(name).matches()) {
                take(child, new ObjectFolder(child, mapper).settle());
            } else if (name.endsWith(UNREADABLE)) {
                unreadable++;
            }
        }
        report();
        describe();
        var ids = new HashMap<String, String>();
        objects.forEach(
                (key, stored) -> ids.put(key, stored.folder().getFileName().toString()));
        return ids;
    }

    private void take(Path object, Held held) throws IOException {
        switch (held) {
            case Held.Whole whole -> {
                cutOff += whole.tidied() ? 1 : 0;
                add(whole.key(), new Stored(object, whole.lastModified()));
            }
            case Held.Nothing() -> cutOff++;
            case Held.NoContent(var key) ->
                notes.accept(StoreNote.repaired("The object " + key + " of the bucket " + name()
                        + " had no content: it was being deleted when the process ended, or its file was removed."
                        + " It is deleted now."));
            case Held.Unreadable() -> setAside(object);
        }
    }

    /** Two folders with one key no store leaves behind; if they are there all the same, the newer one is the object. */
    private void add(String key, Stored stored) throws IOException {
        var other = objects.get(key);
        if (other == null) {
            objects.put(key, stored);
        } else if (other.lastModified() < stored.lastModified()) {
            objects.put(key, stored);
            setAside(other.folder());
        } else {
            setAside(stored.folder());
        }
    }

    private void setAside(Path object) throws IOException {
        Files.move(object, object.resolveSibling(object.getFileName() + UNREADABLE));
        unreadable++;
    }

    /** S3Mock keeps an upload's place among the objects in memory only; the uploading client has lost the connection. */
    private void dropUploads() throws IOException {
        Path uploads = folder.resolve(UPLOADS);
        if (Files.isDirectory(uploads)) {
            Trees.remove(uploads);
        }
    }

    /** Writes the bucket's own description if there is none that can be read; a bucket that was never there goes. */
    private void describe() throws IOException {
        Path file = folder.resolve(DESCRIPTION);
        if (isReadable(file)) {
            return;
        }
        if (objects.isEmpty() && unreadable == 0 && !Files.exists(file)) {
            removeIfEmpty();
            return;
        }
        var bucket = mapper.createObjectNode();
        bucket.put("name", name());
        bucket.put("creationDate", Files.getLastModifiedTime(folder).toString());
        bucket.put("path", folder.toUri().toString());
        bucket.put("bucketRegion", "us-east-1");
        WholeFile.write(file, mapper.writeValueAsBytes(bucket));
        notes.accept(StoreNote.repaired("The description of the bucket " + name()
                + " could not be read and was written again; its settings are those of a new bucket."));
    }

    /** A bucket that was being created or deleted; anything else is not ours to remove. */
    private void removeIfEmpty() throws IOException {
        try (var children = Files.newDirectoryStream(folder)) {
            if (children.iterator().hasNext()) {
                return;
            }
        }
        Files.delete(folder);
    }

    private boolean isReadable(Path file) {
        try {
            return Files.exists(file) && mapper.readTree(file.toFile()).isObject();
        } catch (JacksonException torn) {
            return false;
        }
    }

    private void report() {
        if (cutOff > 0) {
            notes.accept(StoreNote.repaired("What " + cutOff + " unfinished " + (cutOff == 1 ? "request" : "requests")
                    + " had left in the bucket " + name() + " was removed."));
        }
        if (unreadable > 0) {
            notes.accept(StoreNote.unreadable("Cannot read " + unreadable + (unreadable == 1 ? " object" : " objects")
                    + " of the bucket " + name() + ": content or description is damaged. They are not listed; their"
                    + " folders are kept as *" + UNREADABLE + " in " + folder
                    + ". Restore a copy of the data directory, or remove these folders."));
        }
    }

    private String name() {
        return folder.getFileName().toString();
    }
}
