package dev.rekey.examples.tenants;

import dev.rekey.examples.ExampleRecord;
import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.ExampleTable.Attribute;
import dev.rekey.examples.ExampleTable.Index;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The tables of an application whose tenants become organizations. The same arguments give the same records.
 *
 * @param tenants number of tenants, at least one
 * @param records number of profiles, claims and documents together; organizations and mappings are further records
 */
public record TenantData(long seed, int tenants, int records) {
    static final String ORGANIZATIONS = "Organizations";
    static final String MAPPINGS = "tenant_org_mappings";
    static final String PROFILES = "profiles";
    static final String CLAIMS = "claims";
    static final String DOCUMENTS = "documents";

    private static final int LEAST_RECORDS_PER_TENANT = 5;

    public TenantData {
        if (tenants < 1 || records < LEAST_RECORDS_PER_TENANT * tenants) {
            throw new IllegalArgumentException("there must be at least one tenant, and " + LEAST_RECORDS_PER_TENANT
                    + " records for each: " + tenants + " tenants, " + records + " records");
        }
    }

    public static List<ExampleTable> tables() {
        var id = string("id");
        var byTenant = new Index("byTenant", string("tenant_id"), string("created_at"));
        return List.of(
                ExampleTable.of(ORGANIZATIONS, id),
                ExampleTable.of(MAPPINGS, string("mapping_id")),
                ExampleTable.of(PROFILES, id),
                new ExampleTable(CLAIMS, id, Optional.empty(), Optional.of(byTenant)),
                ExampleTable.of(DOCUMENTS, id));
    }

    private static Attribute string(String name) {
        return new Attribute(name, ScalarAttributeType.S);
    }

    /** All records, table by table. */
    public Stream<ExampleRecord> all() {
        var people = new Work(this);
        return Stream.of(
                        new Hierarchy(this).organizations(),
                        new Hierarchy(this).mappings(),
                        IntStream.range(0, profiles()).mapToObj(people::profile),
                        IntStream.range(0, claims()).mapToObj(people::claim),
                        IntStream.range(0, documents()).mapToObj(people::document))
                .flatMap(records -> records);
    }

    /** Profiles that the application adds later, none of which is among {@link #all}. */
    public Stream<ExampleRecord> late(int number) {
        return IntStream.range(profiles(), profiles() + number).mapToObj(new Work(this)::profile);
    }

    /** What must be added to {@link #all} to plant the defect. */
    public List<ExampleRecord> with(Defect defect) {
        return new Defects(this).of(defect);
    }

    public int profiles() {
        return records / LEAST_RECORDS_PER_TENANT;
    }

    public int claims() {
        return 2 * profiles();
    }

    public int documents() {
        return records - profiles() - claims();
    }

    /** The id by which the application knows a tenant, counted from 0. */
    public static String tenantId(int tenant) {
        return "legacy-%03d".formatted(tenant + 1);
    }

    /** The organization that a tenant becomes. */
    public String organizationId(int tenant) {
        return new Hierarchy(this).idOf("tenant", tenant);
    }
}
