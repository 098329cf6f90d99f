package dev.rekey.examples.tenants;

import dev.rekey.examples.ExampleRecord;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Organizations, and which tenant becomes which: one head, regions below it, then tenants and their branches. */
record Hierarchy(TenantData data) {
    private static final int TENANTS_PER_REGION = 10;
    /** The last tenants of each region are branches of its first. */
    private static final int FIRST_BRANCH = 7;

    Stream<ExampleRecord> organizations() {
        var head = organization(idOf("head", 0), "Head office", Optional.empty());
        var regions = IntStream.range(0, Math.ceilDiv(data.tenants(), TENANTS_PER_REGION))
                .mapToObj(region ->
                        organization(idOf("region", region), "Region " + (region + 1), Optional.of(idOf("head", 0))));
        var tenants = IntStream.range(0, data.tenants())
                .mapToObj(tenant -> organization(
                        idOf("tenant", tenant), "Organization " + (tenant + 1), Optional.of(parentOf(tenant))));
        return Stream.of(Stream.of(head), regions, tenants).flatMap(some -> some);
    }

    private String parentOf(int tenant) {
        int within = tenant % TENANTS_PER_REGION;
        return within < FIRST_BRANCH ? idOf("region", tenant / TENANTS_PER_REGION) : idOf("tenant", tenant - within);
    }

    /** An active mapping for each tenant; the first of each region also has a retired one, which does not count. */
    Stream<ExampleRecord> mappings() {
        return IntStream.range(0, data.tenants()).boxed().flatMap(tenant -> {
            var id = "mapping-%03d".formatted(tenant + 1);
            var active = mapping(id, TenantData.tenantId(tenant))
                    .text("organization_id", idOf("tenant", tenant))
                    .flag("active", true);
            var retired = mapping(id + "-retired", TenantData.tenantId(tenant))
                    .text("organization_id", idOf("retired", tenant))
                    .flag("active", false);
            var isFirst = tenant % TENANTS_PER_REGION == 0;
            return Stream.of(Optional.of(active), Optional.of(retired).filter(_ -> isFirst))
                    .flatMap(Optional::stream)
                    .map(row -> row.in(TenantData.MAPPINGS));
        });
    }

    static Row mapping(String id, String tenant) {
        return new Row().text("mapping_id", id).text("tenant_id", tenant);
    }

    static ExampleRecord organization(String id, String name, Optional<String> parent) {
        var row = new Row().text("id", id).text("name", name);
        parent.ifPresent(other -> row.text("parent_id", other));
        return row.in(TenantData.ORGANIZATIONS);
    }

    String idOf(String kind, int index) {
        var random = new SplittableRandom(31 * (31 * data.seed() + kind.hashCode()) + index);
        return "org-%012x".formatted(random.nextLong() >>> 16);
    }
}
