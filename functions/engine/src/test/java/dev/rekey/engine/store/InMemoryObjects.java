package dev.rekey.engine.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
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

    /** An object; nobody changes its content. */
    private record Held(byte[] content, Version version) {
        Held(byte[] content) {
            this(content, InMemoryObjects.version(content));
        }
    }

    private final NavigableMap<String, Held> contents = new TreeMap<>(InMemoryObjects::compareUtf8);
    private Interceptor interceptor = Interceptor.none();

    /** A bucket with the same objects and no interceptor; what happens to one of the two does not touch the other. */
    public synchronized InMemoryObjects copy() {
        var copy = new InMemoryObjects();
        copy.contents.putAll(contents);
        return copy;
    }

    /** Every request goes by {@code interceptor}, outside of any lock. */
    public synchronized void intercept(Interceptor interceptor) {
        this.interceptor = interceptor;
    }

    /** All objects by key, without a request; nobody changes their contents. */
    public synchronized SortedMap<String, Stored> all() {
        var all = new TreeMap<String, Stored>(contents.comparator());
        contents.forEach((key, held) -> all.put(key, new Stored(held.content(), held.version())));
        return all;
    }

    /** All objects by key, without a request. */
    public synchronized SortedMap<String, byte[]> contents() {
        var copy = new TreeMap<String, byte[]>(contents.comparator());
        contents.forEach((key, held) -> copy.put(key, held.content().clone()));
        return copy;
    }

    @Override
    public Optional<Stored> get(ObjectKey key) {
        return request(
                "get",
                checked(key),
                () -> Optional.ofNullable(contents.get(key.name()))
                        .map(held -> new Stored(held.content().clone(), held.version())));
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
            if (current == null || !current.version().equals(version)) {
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
                    .filter(after -> compareUtf8(after.name(), prefix) > 0)
                    .map(after -> contents.tailMap(after.name(), false))
                    .orElseGet(() -> contents.tailMap(prefix, true));
            var keys = rest.keySet().stream()
                    .takeWhile(key -> key.startsWith(prefix))
                    .limit(LIST_KEYS + 1)
                    .map(ObjectKey::new)
                    .toList();
            return new Listed(keys.subList(0, Math.min(keys.size(), LIST_KEYS)), keys.size() > LIST_KEYS);
        });
    }

    @Override
    public Folders folders(String prefix, Optional<ObjectKey> startAfter) {
        return request("list", prefix, () -> {
            var names = new ArrayList<String>();
            boolean begun =
                    startAfter.isPresent() && compareUtf8(startAfter.get().name(), prefix) > 0;
            var key = begun ? contents.higherKey(startAfter.get().name()) : contents.ceilingKey(prefix);
            while (key != null && key.startsWith(prefix) && names.size() < LIST_KEYS) {
                int slash = key.indexOf('/', prefix.length());
                if (slash < 0) {
                    key = contents.higherKey(key);
                } else {
                    names.add(key.substring(prefix.length(), slash));
                    key = contents.higherKey(
                            Folders.behind(prefix, names.getLast()).name());
                }
            }
            boolean more = key != null && key.startsWith(prefix);
            return new Folders(names, more ? Optional.of(Folders.behind(prefix, names.getLast())) : Optional.empty());
        });
    }

    @Override
    public void delete(ObjectKey key) {
        var _ = request("delete", checked(key), () -> Optional.ofNullable(contents.remove(key.name())));
    }

    private PutOutcome stored(ObjectKey key, byte[] content) {
        var held = new Held(content.clone());
        contents.put(key.name(), held);
        return new PutOutcome.Done(held.version());
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

    /** In the order of the UTF-8 bytes, which differs from that of the chars only from U+E000 on. */
    private static int compareUtf8(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        int same = 0;
        while (same < shorter && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        if (same == shorter) {
            return one.length() - other.length();
        }
        char a = one.charAt(same);
        char b = other.charAt(same);
        return Character.isSurrogate(a) == Character.isSurrogate(b) ? a - b : Character.isSurrogate(a) ? 1 : -1;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What S3 gives to an object with this content. */
    public static Version version(byte[] content) {
        try {
            return new Version('"'
                    + HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content))
                    + '"');
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
