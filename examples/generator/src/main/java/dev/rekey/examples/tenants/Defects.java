package dev.rekey.examples.tenants;

import dev.rekey.examples.ExampleRecord;
import java.util.List;
import java.util.Optional;

/** The records that plant each defect; none replaces a record without one. */
record Defects(TenantData data) {

    List<ExampleRecord> of(Defect defect) {
        var id = defect.named();
        return switch (defect) {
            case MAPPING_WITHOUT_ORGANIZATION ->
                List.of(Hierarchy.mapping(id, id)
                        .nothing("organization_id")
                        .flag("active", true)
                        .in(TenantData.MAPPINGS));
            case TWO_ORGANIZATIONS ->
                List.of(
                        mapping(id + "-first", id, id + "-first"),
                        mapping(id + "-second", id, id + "-second"),
                        organization(id + "-first", Optional.empty()),
                        organization(id + "-second", Optional.empty()));
            case SHARED_ORGANIZATION ->
                List.of(
                        mapping(id + "-first", id + "-first", id),
                        mapping(id + "-second", id + "-second", id),
                        organization(id, Optional.empty()));
            case NO_MAPPING -> List.of(profile(defect).text("tenant_id", id).in(TenantData.PROFILES));
            case NO_ORGANIZATION -> List.of(mapping(id, id, id));
            case CIRCULAR_PARENTS ->
                List.of(organization(id, Optional.of(id + "-other")), organization(id + "-other", Optional.of(id)));
            case NO_PARENT -> List.of(organization(id, Optional.of(id + "-missing")));
            case NO_USER ->
                List.of(claim(defect).text("user_id", id + "-missing").in(TenantData.CLAIMS));
            case NO_TENANT -> List.of(profile(defect).without("tenant_id").in(TenantData.PROFILES));
            case NULL_TENANT -> List.of(document(defect).nothing("tenant_id").in(TenantData.DOCUMENTS));
            case TENANT_OF_ANOTHER_TYPE ->
                List.of(document(defect).number("tenant_id", 1).in(TenantData.DOCUMENTS));
            case ANOTHER_ORGANIZATION ->
                List.of(profile(defect)
                        .text("organization_id", "org-chosen-by-hand")
                        .in(TenantData.PROFILES));
            case DUPLICATE ->
                List.of(
                        profile(defect).in(TenantData.PROFILES),
                        profile(defect).text("id", id + "-again").in(TenantData.PROFILES));
            case ANOTHER_TENANT ->
                List.of(claim(defect).text("tenant_id", TenantData.tenantId(1)).in(TenantData.CLAIMS));
            case OVERLAP ->
                List.of(
                        mapping(id + "-first", id, id + "-next"),
                        mapping(id + "-second", id + "-next", id + "-last"),
                        organization(id + "-next", Optional.empty()),
                        organization(id + "-last", Optional.empty()));
        };
    }

    /** A profile of the first tenant with an address of its own. */
    private Row profile(Defect defect) {
        return new Row(new Work(data).profile(0))
                .text("id", defect.named())
                .text("email", defect.named() + "@example.com");
    }

    /** A claim of the first tenant's first profile. */
    private Row claim(Defect defect) {
        return new Row(new Work(data).claim(0)).text("id", defect.named());
    }

    private Row document(Defect defect) {
        return new Row(new Work(data).document(0)).text("id", defect.named());
    }

    private static ExampleRecord mapping(String id, String tenant, String organization) {
        return Hierarchy.mapping(id, tenant)
                .text("organization_id", organization)
                .flag("active", true)
                .in(TenantData.MAPPINGS);
    }

    private static ExampleRecord organization(String id, Optional<String> parent) {
        return Hierarchy.organization(id, id, parent);
    }
}
