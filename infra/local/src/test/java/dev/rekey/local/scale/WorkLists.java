package dev.rekey.local.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.interpreter.ports.Listing;
import dev.rekey.interpreter.ports.ObjectAddress;
import dev.rekey.interpreter.ports.ObjectStore;
import dev.rekey.interpreter.ports.ObjectStoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * The functions' bucket as the state machine sees it. Of long lists of work it may see only every so manieth item: the
 * children of the others, which would pass through the same states, are counted here.
 */
final class WorkLists implements ObjectStore {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LIST = Pattern.compile("runs/([^/]+)/work/([a-z]+).*\\.json");
    /** A child's task, choice and end. */
    private static final int STATES = 3;

    private static final int STATES_OF_ANOTHER_INVOCATION = 2;

    private final Objects bucket;
    private final CountingWorkers workers;
    private final int every;
    private final AtomicLong children = new AtomicLong();
    private final AtomicLong transitions = new AtomicLong();

    /** @param every 1 for all */
    WorkLists(Objects bucket, CountingWorkers workers, int every) {
        this.bucket = bucket;
        this.workers = workers;
        this.every = every;
    }

    /** Of those that the state machine did not see. */
    long children() {
        return children.get();
    }

    long transitions() {
        return transitions.get();
    }

    @Override
    public byte[] read(ObjectAddress address) throws ObjectStoreException {
        var content = bucket.get(new ObjectKey(address.key()))
                .orElseThrow(() -> new ObjectStoreException("there is no object " + address))
                .content();
        var list = LIST.matcher(address.key());
        try {
            return every > 1 && list.matches() ? seen(JSON.readTree(content), list.group(1), list.group(2)) : content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] seen(JsonNode items, String run, String name) throws IOException {
        var seen = JSON.createArrayNode();
        for (int i = 0; i < items.size(); i++) {
            if (i % every == 0) {
                seen.add(items.get(i));
            } else {
                ObjectNode asked = JSON.createObjectNode().put("run", run).put("task", run);
                asked.set("item", items.get(i));
                done(name, asked.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        return JSON.writeValueAsBytes(seen);
    }

    private void done(String list, byte[] payload) throws IOException {
        int invocations = 0;
        JsonNode answer;
        do {
            answer = JSON.readTree(
                    switch (list) {
                        case "analyze" -> workers.analyze(payload);
                        case "level" -> workers.copy(payload);
                        case "verify" -> workers.verify(payload);
                        case "match" -> workers.match(payload);
                        default -> throw new IllegalArgumentException("no list of work is called " + list);
                    });
            invocations++;
        } while (!answer.required("outcome").textValue().equals("done"));
        children.incrementAndGet();
        transitions.addAndGet(STATES + (long) STATES_OF_ANOTHER_INVOCATION * (invocations - 1));
    }

    @Override
    public Listing list(String name, String prefix, Optional<String> token) throws ObjectStoreException {
        throw new ObjectStoreException("the workflow's document lists nothing");
    }

    @Override
    public void write(ObjectAddress address, byte[] content) {
        bucket.put(new ObjectKey(address.key()), content);
    }
}
