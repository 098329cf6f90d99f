package dev.rekey.examples.merges;

import dev.rekey.examples.ExampleRecord;
import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.ExampleTable.Attribute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The tables of an application in which customers have users of four kinds, jobs and invoices. Some users of the first three
 * customers have the same names, written in several ways. The same number gives the same records.
 *
 * @param customers number of customers, at least 4
 */
public record CustomerData(int customers) {
    /** Kinds of users that belong to a customer, with what their ids begin with. */
    private static final Map<String, String> KINDS =
            new TreeMap<>(Map.of("3", "cli", "4", "off", "5", "pil", "9", "veh"));

    private static final int OF_EACH_KIND = 3;
    private static final int JOBS = 5;

    public CustomerData {
        if (customers < 4) {
            throw new IllegalArgumentException("there must be at least four customers: " + customers);
        }
    }

    public static List<ExampleTable> tables() {
        var id = new Attribute("id", ScalarAttributeType.S);
        return Stream.of("User", "Product", "Job", "JobAssign", "Invoice")
                .map(name -> ExampleTable.of(name, id))
                .toList();
    }

    /** All records, customer by customer. */
    public Stream<ExampleRecord> all() {
        return IntStream.rangeClosed(1, customers).boxed().flatMap(this::ofCustomer);
    }

    private Stream<ExampleRecord> ofCustomer(int customer) {
        var id = id("cust", customer);
        var administrator = record("id", id("adm", customer), "kind", "2", "parent", id);
        return Stream.of(
                        Stream.of(user(customer(customer)), user(administrator)),
                        KINDS.keySet().stream().flatMap(kind -> users(customer, kind)),
                        Stream.of(new ExampleRecord(
                                "Product", record("id", id("prod", customer), "byPuid", id, "name", "Spray"))),
                        IntStream.range(0, JOBS).boxed().flatMap(job -> ofJob(customer, job)))
                .flatMap(records -> records);
    }

    private static Map<String, AttributeValue> customer(int customer) {
        var record = record("id", id("cust", customer), "kind", "1", "username", "customer " + customer);
        record.put("active", AttributeValue.fromBool(true));
        return record;
    }

    private static Stream<ExampleRecord> users(int customer, String kind) {
        return IntStream.range(0, OF_EACH_KIND).mapToObj(number -> {
            var record = record(
                    "id", member(kind, customer, number),
                    "kind", kind,
                    "parent", id("cust", customer),
                    "username", name(customer, kind, number));
            record.put("createdAt", AttributeValue.fromN(Integer.toString(20_000 - 10 * customer - number)));
            record.put("active", AttributeValue.fromBool(true));
            return user(record);
        });
    }

    /** The first user of each kind has the same name with the first three customers. */
    private static String name(int customer, String kind, int number) {
        var shared = number == 0 && customer <= 3;
        return switch (shared ? customer : 0) {
            case 1 -> "shared-" + kind;
            case 2 -> "Shared-" + kind;
            case 3 -> " shared-" + kind + " ";
            default -> "user-%d-%s-%d".formatted(customer, kind, number);
        };
    }

    private static Stream<ExampleRecord> ofJob(int customer, int number) {
        var job = id("job", customer) + "-" + number;
        var who = number % OF_EACH_KIND;
        return Stream.of(
                new ExampleRecord(
                        "Job",
                        record(
                                "id", job,
                                "byPuid", id("cust", customer),
                                "client", member("3", customer, who),
                                "operator", member("5", customer, who),
                                "vehicle", member("9", customer, who))),
                new ExampleRecord(
                        "JobAssign",
                        record(
                                "id",
                                id("asg", customer) + "-" + number,
                                "job",
                                job,
                                "pilot",
                                member("5", customer, who),
                                "vehicle",
                                member("9", customer, who))),
                new ExampleRecord(
                        "Invoice", record("id", id("inv", customer) + "-" + number, "customer", id("cust", customer))));
    }

    private static ExampleRecord user(Map<String, AttributeValue> record) {
        return new ExampleRecord("User", record);
    }

    private static String member(String kind, int customer, int number) {
        return id(KINDS.get(kind), customer) + "-" + number;
    }

    private static String id(String prefix, int customer) {
        return "%s-%02d".formatted(prefix, customer);
    }

    private static Map<String, AttributeValue> record(String... namesAndValues) {
        var record = new LinkedHashMap<String, AttributeValue>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            record.put(namesAndValues[i], AttributeValue.fromS(namesAndValues[i + 1]));
        }
        return record;
    }
}
