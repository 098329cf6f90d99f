package dev.rekey.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.core.item.Sha256;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** An object in a ledger's folder, as its bytes are. */
public record Stored(ObjectKey key, byte[] content) {
    private static final Pattern NAME = Pattern.compile("([0-9]{8})\\.json");

    /** All objects of the run's ledger, in the order of their names. */
    public static List<Stored> all(Documents documents, RunId run) {
        return documents.each(
                documents.list(folder(run)),
                key -> new Stored(
                        key, documents.bytes(key).map(found -> found.content()).orElse(new byte[0])));
    }

    /** The entries of the run's ledger, in their order; without objects that hold none. */
    public static List<LedgerEntry> entries(Documents documents, RunId run) {
        return all(documents, run).stream()
                .flatMap(stored -> stored.entry().stream())
                .toList();
    }

    static ObjectKey key(RunId run, int sequence) {
        return new ObjectKey(folder(run) + "%08d.json".formatted(sequence));
    }

    private static String folder(RunId run) {
        return "ledger/" + run.value() + "/";
    }

    /** The number in the object's name; empty if it does not have the name of an entry. */
    Optional<Integer> number() {
        var name = NAME.matcher(key.name().substring(key.name().lastIndexOf('/') + 1));
        return name.matches() ? Optional.of(Integer.parseInt(name.group(1))) : Optional.empty();
    }

    /** The entry; empty if the object does not hold one. */
    public Optional<LedgerEntry> entry() {
        try {
            return Optional.of(Documents.decode(key, content, LedgerEntry.class))
                    .filter(found -> found.decision() != null && found.previous() != null && found.run() != null);
        } catch (StoreException e) {
            return Optional.empty();
        }
    }

    /** The entry as it is stored; an object that holds none is named. */
    public JsonNode json() {
        return entry().isPresent()
                ? Documents.decode(key, content, JsonNode.class)
                : JsonNodeFactory.instance.objectNode().put("unreadable", key.name());
    }

    String hash() {
        return Sha256.hex(content);
    }
}
