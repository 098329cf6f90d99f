package dev.rekey.engine.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.Objects.PutOutcome;
import dev.rekey.engine.store.Objects.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** JSON documents and other objects in the bucket, with backoff for a store that does not answer at once. */
public final class Documents {
    /** Objects of lines that lie in memory at once, as they are stored. */
    private static final int FETCHED_AT_ONCE = 16;

    /** Bytes of a zipped object whose lines may lie in memory as well: some two megabytes. */
    private static final int MOST_READ_AHEAD = 64 << 10;

    /** Counts by attribute have its name, which may have 64 KB. */
    private static final int LONGEST_NAME = 1 << 20;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNameLength(LONGEST_NAME)
                            .build())
                    .build())
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addModule(new OneFieldRecords())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final ObjectWriter LINES =
            JSON.writer().without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE).withRootValueSeparator("\n");

    /** Of every document whose reader names no other. */
    private static final int FORMAT = 1;

    private final CountedObjects objects;
    private final Backoff backoff;
    private final Optional<Concurrency> concurrency;

    /** Makes one request after the other. */
    public Documents(Objects objects, Backoff backoff) {
        this(new CountedObjects(objects), backoff, Optional.empty());
    }

    /** Reads many objects at once where many are asked for. */
    public Documents(Objects objects, Backoff backoff, Concurrency concurrency) {
        this(new CountedObjects(objects), backoff, Optional.of(concurrency));
    }

    private Documents(CountedObjects objects, Backoff backoff, Optional<Concurrency> concurrency) {
        this.objects = objects;
        this.backoff = backoff;
        this.concurrency = concurrency;
    }

    /**
     * The same for the pages of a segment: nothing is put once {@code invocation} is over, because another worker may have the
     * segment then. A put that is refused throws {@link StoreException} of kind THROTTLED.
     *
     * @param lost learns of puts whose answers were lost
     */
    public Documents during(Invocation invocation, LostAnswers lost) {
        return new Documents(objects.during(invocation, lost), backoff, concurrency);
    }

    /** How many objects were asked for until now. */
    public long reads() {
        return objects.reads().sum();
    }

    /** How many objects were written until now, and how many lists of keys were asked for. */
    public long writes() {
        return objects.writes().sum();
    }

    /** A document and the version it was read at. */
    public record Versioned<T>(T value, Version version) {}

    public <T> Optional<Versioned<T>> find(ObjectKey key, Class<T> type) {
        return bytes(key).map(stored -> new Versioned<>(decode(key, stored.content(), type), stored.version()));
    }

    /** What {@code read} makes of each of {@code keys}, in their order; side by side where this reads many objects at once. */
    public <K, T> List<T> each(List<K> keys, Function<K, T> read) {
        return concurrency
                .map(some -> some.all(
                        keys.stream()
                                .<Supplier<T>>map(key -> () -> read.apply(key))
                                .toList(),
                        Invocation.REQUESTS_AT_ONCE))
                .orElseGet(() -> keys.stream().map(read).toList());
    }

    /** @throws StoreException of kind MISSING if there is no such document */
    public <T> Versioned<T> get(ObjectKey key, Class<T> type) {
        return find(key, type).orElseThrow(() -> missing(key));
    }

    public Optional<Objects.Stored> bytes(ObjectKey key) {
        return backoff.retry(() -> objects.get(key));
    }

    public PutOutcome create(ObjectKey key, Object document) {
        return createBytes(key, encode(document));
    }

    /** Creates an object. One that is there with the very same content counts as created: the answer to our put was lost. */
    public PutOutcome createBytes(ObjectKey key, byte[] content) {
        return settled(key, content, backoff.retry(() -> objects.create(key, content)));
    }

    /** Replaces a document; one that has the very same content counts as replaced. */
    public PutOutcome replace(ObjectKey key, Object document, Version version) {
        var content = encode(document);
        return settled(key, content, backoff.retry(() -> objects.replace(key, content, version)));
    }

    public void put(ObjectKey key, Object document) {
        putBytes(key, encode(document));
    }

    public void putBytes(ObjectKey key, byte[] content) {
        backoff.retry(() -> {
            objects.put(key, content);
            return key;
        });
    }

    /**
     * Makes one change to a document that exists, on top of whatever others change at the same time.
     *
     * @param change is applied to what is stored, several times if others come in between; empty to leave it
     * @return what is stored now: the changed document, or what {@code change} would not change
     */
    public <T> T change(ObjectKey key, Class<T> type, Function<T, Optional<T>> change) {
        return Backoff.untilWon(() -> {
            var found = get(key, type);
            var next = change.apply(found.value());
            return next.isEmpty() || replace(key, next.get(), found.version()) instanceof PutOutcome.Done
                    ? Optional.of(next.orElse(found.value()))
                    : Optional.empty();
        });
    }

    public void delete(ObjectKey key) {
        backoff.retry(() -> {
            objects.delete(key);
            return key;
        });
    }

    /** All keys that begin with {@code prefix}, in order. */
    public List<ObjectKey> list(String prefix) {
        return listAfter(prefix, Optional.empty());
    }

    /** The names of all folders in {@code prefix} behind {@code startAfter}, in order; one request for up to 1,000 of them. */
    public List<String> folders(String prefix, Optional<ObjectKey> startAfter) {
        var all = new ArrayList<String>();
        var from = startAfter;
        do {
            var after = from;
            var answer = backoff.retry(() -> objects.folders(prefix, after));
            all.addAll(answer.names());
            from = answer.next();
        } while (from.isPresent());
        return all;
    }

    private List<ObjectKey> listAfter(String prefix, Optional<ObjectKey> startAfter) {
        var all = new ArrayList<ObjectKey>();
        var from = startAfter;
        while (true) {
            var after = from;
            var listed = backoff.retry(() -> objects.list(prefix, after));
            all.addAll(listed.keys());
            if (!listed.more()) {
                return all;
            }
            from = Optional.of(all.getLast());
        }
    }

    public static byte[] encode(Object document) {
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document of ours is always JSON", e);
        }
    }

    /** Writes what {@link #encode} does for each of several documents, with a line's end between them, and closes {@code out}. */
    static SequenceWriter lines(OutputStream out) throws IOException {
        return LINES.writeValues(out);
    }

    /**
     * Whatever JSON {@code in} holds.
     *
     * @throws IOException if it cannot be read, or is none
     */
    public static JsonNode read(InputStream in) throws IOException {
        return JSON.readTree(in);
    }

    /** What {@link #encode} writes, as a tree. */
    public static ObjectNode tree(Object document) {
        return JSON.valueToTree(document);
    }

    /** The documents of a gzipped object that holds one on every line. */
    public <T> List<T> lines(ObjectKey key, Class<T> type) {
        return findLines(key, type).orElseThrow(() -> missing(key));
    }

    /** Hands on the documents of such an object one by one, so that it may hold more than fits into memory. */
    public <T> void eachLine(ObjectKey key, Class<T> type, Consumer<T> line) {
        eachLine(key, bytes(key).orElseThrow(() -> missing(key)), type, line);
    }

    /** The same, until {@code line} says that it needs no more. */
    public <T> void eachLineWhile(ObjectKey key, Class<T> type, Predicate<T> line) {
        eachLineWhile(key, bytes(key).orElseThrow(() -> missing(key)), type, line);
    }

    /** The same of several objects, in their order; a few are fetched at a time. */
    public <T> void eachLine(List<ObjectKey> keys, Class<T> type, Consumer<T> line) {
        for (int from = 0; from < keys.size(); from += FETCHED_AT_ONCE) {
            var some = keys.subList(from, Math.min(keys.size(), from + FETCHED_AT_ONCE));
            each(some, key -> ahead(key, bytes(key).orElseThrow(() -> missing(key)), type))
                    .forEach(lines -> lines.accept(line));
        }
    }

    /** What hands on the lines; those of a small object are read already, side by side with others. */
    private static <T> Consumer<Consumer<T>> ahead(ObjectKey key, Objects.Stored stored, Class<T> type) {
        if (stored.content().length > MOST_READ_AHEAD) {
            return line -> eachLine(key, stored, type, line);
        }
        return lines(key, stored, type)::forEach;
    }

    private static <T> void eachLine(ObjectKey key, Objects.Stored stored, Class<T> type, Consumer<T> line) {
        eachLineWhile(key, stored, type, (T one) -> {
            line.accept(one);
            return true;
        });
    }

    private static <T> void eachLineWhile(ObjectKey key, Objects.Stored stored, Class<T> type, Predicate<T> line) {
        try (var json = JSON.createParser(FastGzip.unzipped(stored.content()))) {
            var reader = JSON.readerFor(type);
            boolean more = true;
            while (more && json.nextToken() != null) {
                T one = reader.readValue(json);
                more = line.test(one);
            }
        } catch (IOException e) {
            throw unreadable(key, type, e);
        }
    }

    /** What {@link #lines} gives; empty if there is no such object. */
    public <T> Optional<List<T>> findLines(ObjectKey key, Class<T> type) {
        return bytes(key).map(stored -> lines(key, stored, type));
    }

    private static <T> List<T> lines(ObjectKey key, Objects.Stored stored, Class<T> type) {
        var all = new ArrayList<T>();
        eachLine(key, stored, type, all::add);
        return all;
    }

    public static <T> T decode(ObjectKey key, byte[] content, Class<T> type) {
        return decode(key, content, type, FORMAT);
    }

    /** @param format of this type of document; no other is read */
    public static <T> T decode(ObjectKey key, byte[] content, Class<T> type, int format) {
        refuseOther(key, content, format);
        try {
            return JSON.readValue(content, type);
        } catch (IOException e) {
            throw unreadable(key, type, e);
        }
    }

    /** Documents begin with their format. */
    private static void refuseOther(ObjectKey key, byte[] content, int format) {
        try (var json = JSON.createParser(content)) {
            if (json.nextToken() == JsonToken.START_OBJECT
                    && "format".equals(json.nextFieldName())
                    && json.nextIntValue(format) != format) {
                throw new StoreException(
                        StoreException.Kind.INVALID,
                        "Cannot read " + key + ": it has format " + json.getIntValue() + ", and this version of Rekey"
                                + " reads format " + format
                                + ". Nothing was changed. Use the version of Rekey that wrote it"
                                + (json.getIntValue() > format ? ", or a newer one." : "."));
            }
        } catch (IOException e) {
            // The decoder says what is wrong with it.
        }
    }

    private static StoreException unreadable(ObjectKey key, Class<?> type, IOException e) {
        return new StoreException(
                StoreException.Kind.INVALID,
                "Cannot read " + key + ": it is not the " + type.getSimpleName()
                        + " document that Rekey writes. Nothing was changed. Restore an earlier version of the"
                        + " object.",
                e);
    }

    private PutOutcome settled(ObjectKey key, byte[] content, PutOutcome outcome) {
        return switch (outcome) {
            case PutOutcome.Done done -> done;
            case PutOutcome.ConditionFailed failed ->
                bytes(key)
                        .filter(stored -> Arrays.equals(stored.content(), content))
                        .<PutOutcome>map(stored -> new PutOutcome.Done(stored.version()))
                        .orElse(failed);
        };
    }

    private static StoreException missing(ObjectKey key) {
        return new StoreException(
                StoreException.Kind.MISSING,
                "Cannot read " + key + ": the object does not exist. Nothing was changed. Check the run's id with"
                        + " 'rekey runs'.");
    }
}
