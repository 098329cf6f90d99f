package dev.rekey.examples.load;

import dev.rekey.examples.ExampleRecord;
import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.chinook.Chinook;
import dev.rekey.examples.contacts.ContactData;
import dev.rekey.examples.many.ManyTables;
import dev.rekey.examples.merges.CustomerData;
import dev.rekey.examples.promotion.ExampleData;
import dev.rekey.examples.tenants.Defect;
import dev.rekey.examples.tenants.TenantData;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Loads an example by hand, into the DynamoDB that the AWS environment variables name. */
public final class Load {
    private static final int USAGE = 2;
    private static final int TENANTS = 150;
    private static final String HELP = """
        Give one of:
          chinook FILE
          environment-promotion SEED RECORDS
          customer-merge CUSTOMERS
          many-tables TABLES
          customers-to-contacts CUSTOMERS
          customers-to-contacts CUSTOMERS defects
          tenant-to-organization SEED RECORDS
          tenant-to-organization SEED RECORDS late NUMBER
          tenant-to-organization SEED RECORDS defects mapping|data|replacement\
        """;

    private Load() {}

    public static void main(String[] arguments) {
        var words = List.of(arguments);
        var example = words.isEmpty() ? "" : words.getFirst();
        if (words.size() == 2 && example.equals("chinook")) {
            copied(Chinook.tables(), Chinook.records(Path.of(words.get(1))), "-staging", "-production");
        } else if (words.size() == 3 && example.equals("environment-promotion")) {
            copied(
                    ExampleData.environmentPromotionTables(),
                    ExampleData.environmentPromotion(Long.parseLong(words.get(1)), Integer.parseInt(words.get(2))),
                    "-fvn7t5hbobaxjklhrqzdl4ac34-NONE",
                    "-aqnqdrctpzfwfjwyxxsmu6peoq-NONE");
        } else if (words.size() == 2 && example.equals("customer-merge")) {
            inPlace(CustomerData.tables(), new CustomerData(Integer.parseInt(words.get(1))).all());
        } else if (words.size() == 2 && example.equals("many-tables")) {
            many(new ManyTables(Math.max(1, Integer.parseInt(words.get(1)) / ManyTables.TABLES)));
        } else if (words.size() >= 2 && example.equals("customers-to-contacts")) {
            contacts(new ContactData(Integer.parseInt(words.get(1))), words.subList(2, words.size()));
        } else if (words.size() >= 3 && example.equals("tenant-to-organization")) {
            var data = new TenantData(Long.parseLong(words.get(1)), TENANTS, Integer.parseInt(words.get(2)));
            tenants(data, words.subList(3, words.size()));
        } else {
            refuse();
        }
    }

    private static void refuse() {
        System.err.println(HELP);
        System.exit(USAGE);
    }

    private static void many(ManyTables data) {
        copied(data.tables(), data.records(), "-staging", "-production");
        System.out.println("What refers to what:");
        data.truth().forEach(one -> System.out.println("  " + one.table() + "." + one.path() + ": " + one.to()));
    }

    private static void contacts(ContactData data, List<String> part) {
        if (part.isEmpty()) {
            inPlace(ContactData.tables(), data.all());
        } else if (part.equals(List.of("defects"))) {
            inPlace(ContactData.tables(), data.defects());
        } else {
            refuse();
        }
    }

    private static void tenants(TenantData data, List<String> part) {
        if (part.isEmpty()) {
            tenants(data.all());
        } else if (part.size() == 2 && part.getFirst().equals("late")) {
            tenants(data.late(Integer.parseInt(part.get(1))));
        } else if (part.size() == 2 && part.getFirst().equals("defects")) {
            var found = Defect.FoundIn.valueOf(part.get(1).toUpperCase(Locale.ROOT));
            tenants(Arrays.stream(Defect.values())
                    .filter(defect -> defect.found() == found)
                    .flatMap(defect -> data.with(defect).stream()));
        } else {
            refuse();
        }
    }

    private static void tenants(Stream<ExampleRecord> records) {
        inPlace(TenantData.tables(), records);
    }

    private static void inPlace(List<ExampleTable> tables, Stream<ExampleRecord> records) {
        with(loader -> {
            loader.create(tables, name -> name);
            System.out.println(
                    loader.load(records, name -> name) + " records loaded into " + tables.size() + " tables");
        });
    }

    private static void copied(
            List<ExampleTable> tables, Stream<ExampleRecord> records, String sourceSuffix, String targetSuffix) {
        with(loader -> {
            loader.create(tables, name -> name + sourceSuffix);
            loader.create(tables, name -> name + targetSuffix);
            var loaded = loader.load(records, name -> name + sourceSuffix);
            System.out.println(loaded + " records are in " + tables.size() + " tables named *" + sourceSuffix
                    + "; the tables *" + targetSuffix + " are beside them");
        });
    }

    private static void with(Consumer<Loader> work) {
        try (var client = DynamoDbClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder())
                .build()) {
            work.accept(new Loader(client));
        }
    }
}
