package dev.rekey.engine.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A bucket in memory, with S3's order, limits and versions. For several threads at once. */
public final class InMemoryObjects implements Objects {
    private static final int LIST_KEYS = 1000;
    private static final int MAX_KEY_BYTES = 1024;

    private final NavigableMap<String, byte[]> contents =
            new TreeMap<>((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)));
    private Interceptor interceptor = Interceptor.none();

    /** Every request goes by {@code interceptor}, outside of any lock. */
    public synchronized void intercept(Interceptor interceptor) {
        this.interceptor = interceptor;
    }

    /** All objects by key, without a request. */
    public synchronized SortedMap<String, byte[]> contents() {
        var copy = new TreeMap<String, byte[]>(contents.comparator());
        contents.forEach((key, content) -> copy.put(key, content.clone()));
        return copy;
    }

    @Override
    public Optional<Stored> get(ObjectKey key) {
        return request(
                "get",
                checked(key),
                () -> Optional.ofNullable(contents.get(key.name()))
                        .map(content -> new Stored(content.clone(), version(content))));
    }

    @Override
    public PutOutcome create(ObjectKey key, byte[] content) {
        return request("create", checked(key), () -> {
            if (contents.containsKey(key.name())) {
                return new PutOutcome.ConditionFailed();
            }
            return stored(key, content);
        });
    }

    @Override
    public PutOutcome replace(ObjectKey key, byte[] content, Version version) {
        return request("replace", checked(key), () -> {
            var current = contents.get(key.name());
            if (current == null || !version(current).equals(version)) {
                return new PutOutcome.ConditionFailed();
            }
            return stored(key, content);
        });
    }

    @Override
    public void put(ObjectKey key, byte[] content) {
        var _ = request("put", checked(key), () -> stored(key, content));
    }

    @Override
    public Listed list(String prefix, Optional<ObjectKey> startAfter) {
        return request("list", prefix, () -> {
            var rest = startAfter
                    .map(after -> contents.tailMap(after.name(), false))
                    .orElse(contents);
            var keys = rest.keySet().stream()
                    .filter(key -> key.startsWith(prefix))
                    .limit(LIST_KEYS + 1)
                    .map(ObjectKey::new)
                    .toList();
            return new Listed(keys.subList(0, Math.min(keys.size(), LIST_KEYS)), keys.size() > LIST_KEYS);
        });
    }

    @Override
    public void delete(ObjectKey key) {
        var _ = request("delete", checked(key), () -> Optional.ofNullable(contents.remove(key.name())));
    }

    private PutOutcome stored(ObjectKey key, byte[] content) {
        contents.put(key.name(), content.clone());
        return new PutOutcome.Done(version(content));
    }

    private <T> T request(String name, String on, Supplier<T> work) {
        var call = new Interceptor.Call(name, on);
        var interceptorNow = currentInterceptor();
        interceptorNow.before(call);
        T answer;
        synchronized (this) {
            answer = work.get();
        }
        interceptorNow.after(call);
        return answer;
    }

    private synchronized Interceptor currentInterceptor() {
        return interceptor;
    }

    private static String checked(ObjectKey key) {
        int bytes = utf8(key.name()).length;
        ItemRules.require(bytes > 0 && bytes <= MAX_KEY_BYTES, "an object's key has 1 to 1,024 bytes");
        return key.name();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Version version(byte[] content) {
        try {
            return new Version('"'
                    + HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content))
                    + '"');
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
