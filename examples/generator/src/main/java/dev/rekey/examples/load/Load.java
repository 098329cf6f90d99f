package dev.rekey.examples.load;

import dev.rekey.examples.ExampleRecord;
import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.chinook.Chinook;
import dev.rekey.examples.promotion.ExampleData;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Loads an example by hand, into the DynamoDB that the AWS environment variables name:
 * {@code chinook FILE} or {@code environment-promotion SEED RECORDS}.
 */
public final class Load {
    private static final int USAGE = 2;

    private Load() {}

    public static void main(String[] arguments) {
        var words = List.of(arguments);
        if (words.size() == 2 && words.getFirst().equals("chinook")) {
            load(Chinook.tables(), Chinook.records(Path.of(words.get(1))), "-staging", "-production");
        } else if (words.size() == 3 && words.getFirst().equals("environment-promotion")) {
            load(
                    ExampleData.environmentPromotionTables(),
                    ExampleData.environmentPromotion(Long.parseLong(words.get(1)), Integer.parseInt(words.get(2))),
                    "-fvn7t5hbobaxjklhrqzdl4ac34-NONE",
                    "-aqnqdrctpzfwfjwyxxsmu6peoq-NONE");
        } else {
            System.err.println("Give one of: chinook FILE · environment-promotion SEED RECORDS");
            System.exit(USAGE);
        }
    }

    private static void load(
            List<ExampleTable> tables, Stream<ExampleRecord> records, String sourceSuffix, String targetSuffix) {
        try (var client = DynamoDbClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder())
                .build()) {
            var loader = new Loader(client);
            loader.create(tables, name -> name + sourceSuffix);
            loader.create(tables, name -> name + targetSuffix);
            var loaded = loader.load(records, name -> name + sourceSuffix);
            System.out.println(loaded + " records are in " + tables.size() + " tables named *" + sourceSuffix
                    + "; the tables *" + targetSuffix + " are beside them");
        }
    }
}
