package dev.rekey.local.child;

import java.io.File;
import java.lang.reflect.Constructor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * S3Mock's reader and writer of JSON, which remembers what a bucket's own file says. S3Mock reads that file several
 * times for every request and writes it with every new object, and it names every object of the bucket: with some
 * thousand objects, most of a request's time. Nobody else writes these files.
 */
final class RememberedBuckets extends JsonMapper {
    private static final String BUCKET = "com.adobe.testing.s3mock.s3.model.BucketMetadata";

    private final transient Map<File, Object> remembered = new ConcurrentHashMap<>();
    private final boolean kept;

    /** @param kept whether the objects outlive the process; if not, what was added to a bucket need not be in its file */
    RememberedBuckets(JsonMapper mapper, boolean kept) {
        super(mapper.rebuild());
        this.kept = kept;
    }

    @Override
    public <T> T readValue(File file, Class<T> type) {
        if (!type.getName().equals(BUCKET)) {
            return super.readValue(file, type);
        }
        return type.cast(remembered.computeIfAbsent(file, read -> shareable(super.readValue(read, type))));
    }

    @Override
    public void writeValue(File file, Object value) {
        boolean changedInPlace = remembered.get(file) == value;
        if (kept || !changedInPlace) {
            super.writeValue(file, value);
        }
        if (!changedInPlace && value.getClass().getName().equals(BUCKET)) {
            remembered.put(file, shareable(value));
        }
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
