package dev.rekey.engine.proof;

import dev.rekey.local.stores.StoreFailedException;
import dev.rekey.local.stores.StoreProcess;
import dev.rekey.local.stores.StoreProgram;
import dev.rekey.local.stores.Workplace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A DynamoDB Local, of which every access key has tables of its own, and an S3Mock.
 *
 * @param address variables of an environment in which AWS is these two
 */
record RunningStores(List<StoreProcess> processes, Map<String, String> address) implements AutoCloseable {
    /** @param folder for the files of the stores */
    static RunningStores start(Path folder) throws StoreFailedException, InterruptedException {
        var place = new Workplace(Path.of(System.getProperty("rekey.stores")), folder, folder);
        var dynamoDb = StoreProgram.dynamoDbLocal(place, 0, Optional.empty());
        var s3 = StoreProgram.s3Mock(place, 0, folder.resolve("s3"), "nobody-uses-it");
        var running = new ArrayList<StoreProcess>();
        for (var program : List.of(unshared(dynamoDb), s3)) {
            running.add(StoreProcess.launch(program, Path.of(System.getProperty("java.home"))));
        }
        return new RunningStores(
                running,
                Map.of(
                        "AWS_REGION",
                        "eu-west-1",
                        "AWS_SECRET_ACCESS_KEY",
                        "local",
                        "AWS_ENDPOINT_URL_DYNAMODB",
                        answering(running.getFirst()),
                        "AWS_ENDPOINT_URL_S3",
                        answering(running.getLast())));
    }

    private static StoreProgram unshared(StoreProgram program) {
        return program.with(
                List.of(),
                program.arguments().stream()
                        .filter(argument -> !argument.equals("-sharedDb"))
                        .toList());
    }

    private static String answering(StoreProcess store) throws StoreFailedException, InterruptedException {
        return "http://127.0.0.1:" + store.awaitPort(Duration.ofSeconds(60));
    }

    @Override
    public void close() {
        processes.forEach(StoreProcess::close);
    }
}
