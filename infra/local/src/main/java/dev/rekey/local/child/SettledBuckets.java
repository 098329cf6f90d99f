package dev.rekey.local.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** All buckets of a folder, made whole before S3Mock reads them, and which objects they have. */
final class SettledBuckets {
    private final Map<Path, Map<String, String>> objects = new HashMap<>();
    private final List<StoreNote> notes = new ArrayList<>();

    private SettledBuckets() {}

    static SettledBuckets in(Path root) throws IOException {
        var settled = new SettledBuckets();
        if (Files.isDirectory(root)) {
            for (Path folder : Trees.folders(root.toAbsolutePath().normalize())) {
                var bucket = new BucketFolder(folder, new JsonMapper(), settled.notes::add);
                settled.objects.put(folder, bucket.settle());
            }
        }
        return settled;
    }

    /** The folders of the objects of a bucket, by their keys. */
    Map<String, String> objects(Path bucket) {
        return objects.getOrDefault(bucket, Map.of());
    }

    List<StoreNote> notes() {
        return List.copyOf(notes);
    }
}
