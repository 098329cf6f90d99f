package dev.rekey.examples.contacts;

import dev.rekey.examples.ExampleRecord;
import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.ExampleTable.Attribute;
import dev.rekey.examples.ExampleTable.Index;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The tables of an application in which customers of several tenants belong to companies, or to none. One customer belongs to a
 * company that does not exist. The same number gives the same records.
 *
 * @param customers number of customers, at least 10
 */
public record ContactData(int customers) {
    private static final int TENANTS = 3;
    private static final int ORDERS = 2;
    /** Every so many customers share a company; the last of them has none. */
    private static final int OF_COMPANY = 5;

    private static final int DANGLING = 7;

    public ContactData {
        if (customers < 2 * OF_COMPANY) {
            throw new IllegalArgumentException("there must be at least ten customers: " + customers);
        }
    }

    /** Orders have the index that the application will need: DynamoDB adds one while the application runs. */
    public static List<ExampleTable> tables() {
        var id = text("id");
        var byCompany = new Index("byCompany", text("company_id"), new Attribute("created_at", ScalarAttributeType.N));
        return List.of(
                ExampleTable.of("tenants", id),
                ExampleTable.of("companies", id),
                ExampleTable.of("customers", id),
                new ExampleTable("orders", id, Optional.empty(), Optional.of(byCompany)));
    }

    private static Attribute text(String name) {
        return new Attribute(name, ScalarAttributeType.S);
    }

    /** All records, as they must be. */
    public Stream<ExampleRecord> all() {
        var tenants = IntStream.range(0, TENANTS)
                .mapToObj(tenant ->
                        new ExampleRecord("tenants", record("id", "tenant-" + tenant, "name", "Tenant " + tenant)));
        return Stream.concat(tenants, IntStream.range(0, customers).boxed().flatMap(this::ofCustomer));
    }

    /**
     * Records in the place of others, each with what usually is wrong with such data: a customer without a tenant, one of a
     * tenant that does not exist, two with one address, and an order of a customer who does not exist.
     */
    public Stream<ExampleRecord> defects() {
        var nobodys = customer(1);
        nobodys.remove("tenant_id");
        var strangers = customer(2);
        strangers.put("tenant_id", AttributeValue.fromS("tenant-9"));
        var twin = customer(3);
        twin.put("email", customer(0).get("email"));
        var lost = order(4, 0);
        lost.put("customer_id", AttributeValue.fromS("cust-9999"));
        return Stream.concat(
                Stream.of(nobodys, strangers, twin).map(record -> new ExampleRecord("customers", record)),
                Stream.of(new ExampleRecord("orders", lost)));
    }

    private Stream<ExampleRecord> ofCustomer(int number) {
        var company = number % OF_COMPANY == 0
                ? Stream.of(new ExampleRecord(
                        "companies",
                        record("id", company(number), "tenant_id", tenant(number), "name", "Company " + number)))
                : Stream.<ExampleRecord>empty();
        var orders = IntStream.range(0, ORDERS).mapToObj(order -> new ExampleRecord("orders", order(number, order)));
        return Stream.of(company, Stream.of(new ExampleRecord("customers", customer(number))), orders)
                .flatMap(records -> records);
    }

    private static Map<String, AttributeValue> customer(int number) {
        var record = record(
                "id", id(number),
                "tenant_id", tenant(number),
                "name", "Customer " + number,
                "email", "customer%d@example.com".formatted(number));
        if (number == DANGLING) {
            record.put("company_id", AttributeValue.fromS("comp-lost"));
        } else if (number % OF_COMPANY != OF_COMPANY - 1) {
            record.put("company_id", AttributeValue.fromS(company(number)));
        }
        return record;
    }

    private static Map<String, AttributeValue> order(int customer, int number) {
        var record = record(
                "id",
                "ord-%04d-%d".formatted(customer, number),
                "tenant_id",
                tenant(customer),
                "customer_id",
                id(customer));
        record.put("created_at", AttributeValue.fromN(Integer.toString(20_260_101 + number)));
        record.put("total", AttributeValue.fromN(Integer.toString(100 + customer)));
        return record;
    }

    private static String id(int customer) {
        return "cust-%04d".formatted(customer);
    }

    /** The customers of a company have its tenant. */
    private static String tenant(int customer) {
        return "tenant-" + customer / OF_COMPANY % TENANTS;
    }

    private static String company(int customer) {
        return "comp-%04d".formatted(customer / OF_COMPANY);
    }

    private static Map<String, AttributeValue> record(String... namesAndValues) {
        var record = new LinkedHashMap<String, AttributeValue>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            record.put(namesAndValues[i], AttributeValue.fromS(namesAndValues[i + 1]));
        }
        return record;
    }
}
