package dev.rekey.interpreter.execution;

import dev.rekey.interpreter.ports.ListedObject;
import dev.rekey.interpreter.ports.Listing;
import dev.rekey.interpreter.ports.ObjectAddress;
import dev.rekey.interpreter.ports.ObjectStore;
import dev.rekey.interpreter.ports.ObjectStoreException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Objects in memory; lists two to a page. */
final class MemoryObjects implements ObjectStore {
    private static final int PAGE = 2;

    private final TreeMap<String, byte[]> objects = new TreeMap<>();

    void put(String path, String content) {
        objects.put(path, content.getBytes(StandardCharsets.UTF_8));
    }

    Map<String, byte[]> all() {
        return objects;
    }

    @Override
    public synchronized byte[] read(ObjectAddress address) throws ObjectStoreException {
        byte[] content = objects.get(address.bucket() + "/" + address.key());
        if (content == null) {
            throw new ObjectStoreException("The specified key does not exist: " + address.key());
        }
        return content;
    }

    @Override
    public synchronized Listing list(String bucket, String prefix, Optional<String> token) {
        String start = bucket + "/";
        List<ListedObject> found = objects.keySet().stream()
                .filter(path -> path.startsWith(start + prefix))
                .map(path -> new ListedObject(
                        path.substring(start.length()),
                        objects.get(path).length,
                        "etag",
                        VirtualTime.START,
                        "STANDARD"))
                .toList();
        int from = token.map(Integer::parseInt).orElse(0);
        int end = Math.min(found.size(), from + PAGE);
        return new Listing(
                found.subList(from, end), end < found.size() ? Optional.of(String.valueOf(end)) : Optional.empty());
    }

    @Override
    public synchronized void write(ObjectAddress address, byte[] content) throws ObjectStoreException {
        if (address.bucket().equals("forbidden")) {
            throw new ObjectStoreException("Access Denied");
        }
        objects.put(address.bucket() + "/" + address.key(), content);
    }
}
