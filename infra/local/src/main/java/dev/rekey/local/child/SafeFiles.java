package dev.rekey.local.child;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * S3Mock's reader and writer of JSON, through which all it keeps of buckets and objects goes. S3Mock writes over its
 * files, so that a kill leaves them torn, and it names all objects of a bucket in one file, which it writes with every
 * new object. Here a file is replaced whole; an object is what its own {@link Description} says; and which objects a
 * bucket has is remembered, not written: {@link SettledBuckets} finds out at the start. No other process writes these files.
 */
final class SafeFiles extends JsonMapper {
    private static final String MODEL = "com.adobe.testing.s3mock.s3.model.";
    private static final String BUCKET = MODEL + "BucketMetadata";
    private static final String OBJECT = MODEL + "S3ObjectMetadata";

    /** They take some 100 MB of memory. */
    private static final int MOST_DESCRIPTIONS = 50_000;

    private final transient Map<File, Object> remembered = new ConcurrentHashMap<>();
    /**
     * Of objects, as S3Mock reads them: for a list it reads those of all keys with the prefix, however few it answers. That of a
     * deleted object is not asked for any more; an object that is created again has another folder.
     */
    private final transient Map<File, Object> descriptions = new ConcurrentHashMap<>();

    private final transient SettledBuckets buckets;

    SafeFiles(JsonMapper mapper, SettledBuckets buckets) {
        super(mapper.rebuild());
        this.buckets = buckets;
    }

    @Override
    public <T> T readValue(File file, Class<T> type) {
        return switch (type.getName()) {
            case BUCKET -> type.cast(remembered.computeIfAbsent(file, read -> bucket(read, type)));
            case OBJECT -> type.cast(description(file, type));
            default -> super.readValue(file, type);
        };
    }

    @Override
    public void writeValue(File file, Object value) {
        try {
            switch (value.getClass().getName()) {
                case BUCKET -> writeBucket(file, value);
                case OBJECT -> writeDescription(file, value);
                default -> WholeFile.write(file.toPath(), writeValueAsBytes(value));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot write " + file, failed);
        }
    }

    private Object description(File file, Class<?> type) {
        var known = descriptions.get(file);
        if (known != null) {
            return known;
        }
        if (descriptions.size() >= MOST_DESCRIPTIONS) {
            descriptions.clear();
        }
        return descriptions.computeIfAbsent(
                file, read -> treeToValue(Description.read(this, read.toPath()).forS3Mock(), type));
    }

    /** Nobody reads it meanwhile and remembers what it was. */
    private void writeDescription(File file, Object value) throws IOException {
        var failed = new AtomicReference<IOException>();
        descriptions.compute(file, (written, _) -> {
            try {
                new Description(written.toPath(), valueToTree(value)).store(this);
            } catch (IOException e) {
                failed.set(e);
            }
            return null;
        });
        if (failed.get() != null) {
            throw failed.get();
        }
    }

    private void writeBucket(File file, Object bucket) throws IOException {
        // The same means that an object was added or removed.
        if (remembered.get(file) != bucket) {
            WholeFile.write(file.toPath(), writeValueAsBytes(bucket));
            remembered.put(file, shareable(bucket));
        }
    }

    /** A bucket is the folder that its file lies in, wherever that was when the file was written. */
    private Object bucket(File file, Class<?> type) {
        Path folder = file.toPath().toAbsolutePath().normalize().getParent();
        var json = (ObjectNode) readTree(file);
        json.put("name", folder.getFileName().toString());
        json.put("path", folder.toUri().toString());
        json.set("objects", valueToTree(buckets.objects(folder)));
        return shareable(treeToValue(json, type));
    }

    /** The same with a map of objects that some may read while S3Mock changes it. */
    private static Object shareable(Object bucket) {
        try {
            var parts = widest(bucket.getClass());
            var values = new Object[parts.getParameterCount()];
            int objects = values.length - 1;
            for (int i = 0; i < objects; i++) {
                values[i] = bucket.getClass().getMethod("component" + (i + 1)).invoke(bucket);
            }
            values[objects] = new ConcurrentHashMap<>(
                    (Map<?, ?>) bucket.getClass().getMethod("getObjects").invoke(bucket));
            return parts.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot remember what is known of a bucket: S3Mock has changed.", e);
        }
    }

    /** The constructor of all components, which is not one of those that Kotlin adds for default values. */
    private static Constructor<?> widest(Class<?> bucket) throws NoSuchMethodException {
        for (var constructor : bucket.getConstructors()) {
            var types = constructor.getParameterTypes();
            if (types[types.length - 1] == Map.class) {
                return constructor;
            }
        }
        throw new NoSuchMethodException(bucket + " has no constructor that ends with a map");
    }
}
