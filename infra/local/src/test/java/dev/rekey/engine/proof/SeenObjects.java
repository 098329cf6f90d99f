package dev.rekey.engine.proof;

import dev.rekey.engine.store.Interceptor;
import dev.rekey.engine.store.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** A bucket of which every request goes by an interceptor. */
record SeenObjects(Objects objects, Supplier<Interceptor> interceptor) implements Objects {
    @Override
    public Optional<Stored> get(ObjectKey key) {
        return request("get", key.name(), () -> objects.get(key));
    }

    @Override
    public PutOutcome create(ObjectKey key, byte[] content) {
        return request("create", key.name(), () -> objects.create(key, content));
    }

    @Override
    public PutOutcome replace(ObjectKey key, byte[] content, Version version) {
        return request("replace", key.name(), () -> objects.replace(key, content, version));
    }

    @Override
    public void put(ObjectKey key, byte[] content) {
        request("put", key.name(), () -> {
            objects.put(key, content);
            return key;
        });
    }

    @Override
    public Listed list(String prefix, Optional<ObjectKey> startAfter) {
        return request("list", prefix, () -> objects.list(prefix, startAfter));
    }

    @Override
    public Folders folders(String prefix, Optional<ObjectKey> startAfter) {
        return request("list", prefix, () -> objects.folders(prefix, startAfter));
    }

    @Override
    public void delete(ObjectKey key) {
        request("delete", key.name(), () -> {
            objects.delete(key);
            return key;
        });
    }

    private <T> T request(String name, String on, Supplier<T> work) {
        return request(interceptor.get(), new Interceptor.Call(name, on), work);
    }

    /** What {@code work} gives, if the interceptor lets it. */
    static <T> T request(Interceptor interceptor, Interceptor.Call call, Supplier<T> work) {
        interceptor.before(call);
        T answer = work.get();
        interceptor.after(call);
        return answer;
    }
}
