package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.rekey.interpreter.definition.Json;
import dev.rekey.interpreter.definition.Reader;
import dev.rekey.interpreter.ports.ListedObject;
import dev.rekey.interpreter.ports.Listing;
import dev.rekey.interpreter.ports.ObjectAddress;
import dev.rekey.interpreter.ports.ObjectStore;
import dev.rekey.interpreter.ports.ObjectStoreException;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads items of distributed Maps from the object store. Blocks. No document of AWS says what a Map does over no items, so that
 * nothing may depend on it here.
 */
record ItemReading(Reader.Source source, JsonNode arguments, long maxItems) {

    ItemsRead read(ObjectStore objects) {
        try {
            return switch (source) {
                case JSON_OBJECT -> object(objects);
                case LISTING -> listing(objects);
            };
        } catch (ObjectStoreException e) {
            return new ItemsRead.Failed(e.getMessage());
        }
    }

    private ItemsRead object(ObjectStore objects) throws ObjectStoreException {
        ObjectAddress address = new ObjectAddress(text("Bucket"), text("Key"));
        byte[] content = objects.read(address);
        String place = "s3://" + address.bucket() + "/" + address.key();
        try {
            JsonNode items = Json.parse(content);
            return items instanceof ArrayNode array
                    ? some(first(array), place)
                    : new ItemsRead.Failed("The object " + place + " holds no JSON array.");
        } catch (JsonProcessingException e) {
            return new ItemsRead.Failed("The object " + place + " holds no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            return new ItemsRead.Failed("The object " + place + " cannot be read: " + e.getMessage());
        }
    }

    private ItemsRead listing(ObjectStore objects) throws ObjectStoreException {
        ArrayNode items = Json.array();
        Optional<String> token = Optional.empty();
        do {
            Listing page = objects.list(text("Bucket"), text("Prefix"), token);
            page.objects().forEach(object -> items.add(item(object)));
            token = page.nextToken();
        } while (token.isPresent() && (maxItems == 0 || items.size() < maxItems));
        return some(first(items), "s3://" + text("Bucket") + "/" + text("Prefix"));
    }

    private static JsonNode item(ListedObject object) {
        return Json.object()
                .put("Etag", object.etag())
                .put("Key", object.key())
                .put("LastModified", object.lastModified().getEpochSecond())
                .put("Size", object.size())
                .put("StorageClass", object.storageClass());
    }

    private static ItemsRead some(ArrayNode items, String place) {
        return items.isEmpty()
                ? new ItemsRead.Failed("There are no items in " + place + ".")
                : new ItemsRead.Read(items);
    }

    private ArrayNode first(ArrayNode items) {
        if (maxItems == 0 || items.size() <= maxItems) {
            return items;
        }
        ArrayNode first = Json.array();
        for (int index = 0; index < maxItems; index++) {
            first.add(items.get(index));
        }
        return first;
    }

    private String text(String name) {
        return arguments.path(name).asText("");
    }
}
