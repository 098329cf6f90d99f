package dev.rekey.bench;

import dev.rekey.examples.ExampleRecord;
import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.ExampleTable.Attribute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Customers, and users of 1,000 bytes that belong to them; each user also refers to another one. Some customers are merged
 * into one of them, whose users match by name.
 *
 * @param records of users
 */
record MergeRecords(int records) {
    static final int CUSTOMERS = 100;
    /** Customers that are merged. */
    static final int MERGED = 7;

    private static final String PLAN = "bench-merge";
    private static final String LIVE = "-live";
    private static final String CUSTOMER_TABLE = "Customers";
    private static final String USER_TABLE = "Users";
    private static final int CONTENT = 800;
    private static final long SEED = 20_260_101;

    /** The plan merges customers; users are read once. */
    DataSet set() {
        return new DataSet(
                String.format(Locale.ROOT, "%,d users of 1,000 bytes, of %,d customers", records, CUSTOMERS),
                records,
                List.of(table(CUSTOMER_TABLE), table(USER_TABLE)),
                () -> Stream.concat(customers(), users()),
                LIVE,
                LIVE,
                plan(""),
                PLAN,
                true);
    }

    /** Users that have the same name are merged, too. */
    DataSet matching() {
        return set().with(plan(
                "merge: { matchBy: [username], within: parent, onMatch: merge, oldestBy: createdAt, normalize: [trim,"
                        + " lowercase] }"));
    }

    /** Each user takes a value of its customer. */
    DataSet takingOfFew() {
        return set().with(plan("set: { company: { through: parent, take: company } }"));
    }

    /** Each user takes a value of the user that it refers to. */
    DataSet takingOfMany() {
        return set().with(plan("set: { company: { through: manager, take: content } }"));
    }

    /** How many users the plan of {@link #matching} merges. */
    int merged() {
        return (int) IntStream.range(0, records)
                .filter(index -> index % CUSTOMERS > 0 && index % CUSTOMERS <= MERGED)
                .count();
    }

    private static String plan(String ofUsers) {
        var into = IntStream.rangeClosed(1, MERGED)
                .mapToObj(index -> customer(index) + ": " + customer(0))
                .toList();
        return """
            plan: %s
            mode: inPlace
            source: { tables: "{table}%s" }
            tables:
              Customers: { merge: { into: { %s } } }
              Users:
                references: { parent: Customers, manager: Users }
                %s
            """.formatted(PLAN, LIVE, String.join(", ", into), ofUsers);
    }

    private static ExampleTable table(String name) {
        return ExampleTable.of(name, new Attribute("id", ScalarAttributeType.S));
    }

    private static Stream<ExampleRecord> customers() {
        return IntStream.range(0, CUSTOMERS)
                .mapToObj(index -> new ExampleRecord(
                        CUSTOMER_TABLE,
                        Map.of("id", text(customer(index)), "company", text("company-%03d".formatted(index)))));
    }

    private Stream<ExampleRecord> users() {
        return IntStream.range(0, records).mapToObj(this::user);
    }

    private ExampleRecord user(int index) {
        var random = new SplittableRandom(SEED + index);
        var item = new LinkedHashMap<String, AttributeValue>();
        item.put("id", text(user(index, records)));
        item.put("parent", text(customer(index % CUSTOMERS)));
        item.put("manager", text(user(random.nextInt(records), records)));
        item.put("username", text(" User-%07d ".formatted(name(index))));
        item.put("createdAt", AttributeValue.fromN(Long.toString(random.nextLong(1_000_000_000))));
        var content = new byte[CONTENT];
        random.nextBytes(content);
        item.put("content", AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(content)));
        return new ExampleRecord(USER_TABLE, item);
    }

    /** Users of the customers that become one have the same names, all others names of their own. */
    private static int name(int index) {
        return index % CUSTOMERS <= MERGED ? index / CUSTOMERS * CUSTOMERS : index;
    }

    private static String customer(int index) {
        return "customer-%03d".formatted(index);
    }

    private static String user(int index, int all) {
        return "user-%07d-%07d".formatted(index, all - index);
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }
}
