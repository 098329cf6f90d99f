package dev.rekey.local.stores;

import dev.rekey.local.child.Trees;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Starts each store once after its libraries have changed, and makes its JVM keep the classes that it has loaded and linked:
 * every later start has half of the work. Nothing depends on it.
 */
public final class KeptClasses {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String ANY_SIGNATURE =
            "AWS4-HMAC-SHA256 Credential=local/20200101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0";

    private final Workplace place;
    private final HttpClient http;

    private KeptClasses(Workplace place, HttpClient http) {
        this.place = place;
        this.http = http;
    }

    /** The folder of the stores' programs. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path stores = Path.of(arguments[0]).toAbsolutePath().normalize();
        Path folder = Files.createTempDirectory("rekey-kept");
        try (HttpClient http = HttpClient.newHttpClient()) {
            KeptClasses kept = new KeptClasses(new Workplace(stores, folder, folder), http);
            kept.keep(
                    "dynamodb-local",
                    () -> StoreProgram.dynamoDbLocal(kept.place, 0, Optional.empty()),
                    kept::askTables);
            kept.keep(
                    "s3mock", () -> StoreProgram.s3Mock(kept.place, 0, folder.resolve("s3"), "kept"), kept::askObjects);
        } catch (StoreFailedException | IOException failed) {
            System.err.println(failed.getMessage() + " Stores start without kept classes, more slowly.");
        } finally {
            Trees.remove(folder);
        }
    }

    /** @param program asked again once nothing is kept, because it uses what is */
    private void keep(String store, Supplier<StoreProgram> program, Questions questions)
            throws IOException, InterruptedException, StoreFailedException {
        Path kept = place.kept(store);
        if (isNewer(kept, program.get().libraries())) {
            return;
        }
        Files.deleteIfExists(kept);
        // Another name than the file's own until it is whole.
        Path unfinished = kept.resolveSibling(kept.getFileName() + ".new");
        StoreProgram used = program.get();
        StoreProgram keeping =
                used.with(List.of("-XX:AOTCacheOutput=" + unfinished, "-Xlog:disable"), used.arguments());
        try (StoreProcess process = StoreProcess.launch(keeping, Path.of(System.getProperty("java.home")))) {
            questions.ask(URI.create("http://127.0.0.1:" + process.awaitPort(LONGEST)));
            process.end(LONGEST);
        }
        if (Files.exists(unfinished)) {
            Files.move(unfinished, kept, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static boolean isNewer(Path kept, List<Path> libraries) throws IOException {
        if (!Files.exists(kept)) {
            return false;
        }
        FileTime time = Files.getLastModifiedTime(kept);
        for (Path folder : libraries) {
            try (Stream<Path> jars = Files.list(folder)) {
                for (Path jar : jars.toList()) {
                    if (Files.getLastModifiedTime(jar).compareTo(time) > 0) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** What a store is asked, so that the classes are kept with which it answers. */
    @FunctionalInterface
    private interface Questions {
        void ask(URI store) throws IOException, InterruptedException;
    }

    private void askTables(URI store) throws IOException, InterruptedException {
        String key = "\"Key\": {\"id\": {\"S\": \"1\"}}";
        askTables(store, "CreateTable", """
            "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}], "BillingMode": "PAY_PER_REQUEST"
            """);
        askTables(store, "DescribeTable", "");
        askTables(store, "PutItem", """
            "Item": {"id": {"S": "1"}, "n": {"N": "1"}}, "ConditionExpression": "attribute_not_exists(id)"
            """);
        askTables(store, "UpdateItem", key + """
            , "UpdateExpression": "SET n = :n", "ConditionExpression": "n < :n",
            "ExpressionAttributeValues": {":n": {"N": "2"}}
            """);
        askTables(store, "GetItem", key);
        askTables(store, "Scan", "\"TotalSegments\": 2, \"Segment\": 0");
        askTables(store, "DeleteItem", key);
        askTables(store, "DeleteTable", "");
    }

    private void askTables(URI store, String action, String body) throws IOException, InterruptedException {
        ask(HttpRequest.newBuilder(store)
                .header("X-Amz-Target", "DynamoDB_20120810." + action)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("Authorization", ANY_SIGNATURE)
                .POST(BodyPublishers.ofString("{\"TableName\": \"kept\"" + (body.isBlank() ? "" : ", " + body) + "}")));
    }

    private void askObjects(URI store) throws IOException, InterruptedException {
        URI object = store.resolve("/kept/one");
        ask(HttpRequest.newBuilder(object).header("If-None-Match", "*").PUT(BodyPublishers.ofString("1")));
        ask(HttpRequest.newBuilder(object).GET());
        ask(HttpRequest.newBuilder(store.resolve("/kept?list-type=2")).GET());
        ask(HttpRequest.newBuilder(object).DELETE());
    }

    private void ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        int status = http.send(request.build(), BodyHandlers.discarding()).statusCode();
        if (status >= 300) {
            throw new IOException("a store answers with " + status);
        }
    }
}
