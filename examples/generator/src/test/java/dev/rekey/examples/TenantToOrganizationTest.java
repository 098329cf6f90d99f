package dev.rekey.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.examples.tenants.Defect;
import dev.rekey.examples.tenants.TenantData;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TenantToOrganizationTest {
    private static final TenantData FULL = new TenantData(42, 150, 50_000);
    private static final TenantData DATA = new TenantData(42, 20, 1_000);
    private static final Map<String, ExampleTable> TABLES =
            TenantData.tables().stream().collect(Collectors.toMap(ExampleTable::name, Function.identity()));
    private static final Map<String, Map<String, String>> REFERENCES = Map.of(
            "Organizations", Map.of("parent_id", "Organizations"),
            "profiles", Map.of(),
            "claims", Map.of("user_id", "profiles"),
            "documents", Map.of("claim_id", "claims"),
            "tenant_org_mappings", Map.of());

    @Test
    void thePlanHasTheTablesOfTheDataButTheMapping() {
        var planned = new HashSet<>(
                ExamplePlan.of("tenant-to-organization").references().keySet());
        planned.add("tenant_org_mappings");
        assertThat(planned).isEqualTo(TABLES.keySet());
    }

    @Test
    void thereAreAsManyRecordsAsTheReadmeSays() {
        var counts = FULL.all().collect(Collectors.groupingBy(ExampleRecord::table, Collectors.counting()));
        assertThat(counts)
                .isEqualTo(Map.of(
                        "Organizations", 166L,
                        "tenant_org_mappings", 165L,
                        "profiles", 10_000L,
                        "claims", 20_000L,
                        "documents", 20_000L));
        assertThat(FULL.all()
                        .map(record -> record.item().get("tenant_id"))
                        .filter(tenant -> tenant != null)
                        .distinct())
                .hasSize(150);
    }

    @Test
    void everyReferenceNamesARecordOfItsTenantAndNoKeyComesTwice() {
        var records = DATA.all().toList();
        assertThat(records.stream().map(record -> record.table() + key(record))).doesNotHaveDuplicates();
        assertThat(unsound(records)).isEmpty();
        assertThat(DATA.late(5).map(TenantToOrganizationTest::key))
                .hasSize(5)
                .doesNotContainAnyElementsOf(
                        records.stream().map(TenantToOrganizationTest::key).toList());
    }

    @Test
    void everyTenantHasOneActiveOrganization() {
        var organizations = DATA.all()
                .filter(record -> record.table().equals("Organizations"))
                .map(record -> record.item().get("id").s())
                .collect(Collectors.toSet());
        var active = DATA.all()
                .filter(record -> record.table().equals("tenant_org_mappings"))
                .filter(record -> record.item().get("active").bool())
                .collect(Collectors.toMap(
                        record -> record.item().get("tenant_id").s(),
                        record -> record.item().get("organization_id").s()));
        assertThat(active).hasSize(20).containsEntry("legacy-004", DATA.organizationId(3));
        assertThat(organizations).containsAll(active.values());
    }

    @Test
    void theSameSeedGivesTheSameRecords() {
        assertThat(DATA.all().toList())
                .isEqualTo(new TenantData(42, 20, 1_000).all().toList())
                .isNotEqualTo(new TenantData(43, 20, 1_000).all().toList());
    }

    @ParameterizedTest
    @EnumSource(Defect.class)
    void aDefectReplacesNoSoundRecordAndIsNamedInIt(Defect defect) {
        var sound = DATA.all().map(TenantToOrganizationTest::key).collect(Collectors.toSet());
        var planted = DATA.with(defect);
        assertThat(planted).isNotEmpty().allSatisfy(record -> {
            assertThat(sound).doesNotContain(key(record));
            assertThat(record.item().toString()).contains(defect.named());
        });
    }

    @Test
    void defectsHaveKeysOfTheirOwn() {
        assertThat(Arrays.stream(Defect.values())
                        .flatMap(defect -> DATA.with(defect).stream())
                        .map(record -> record.table() + key(record)))
                .doesNotHaveDuplicates();
    }

    @Test
    void tooFewRecordsAreRefused() {
        assertThatThrownBy(() -> new TenantData(1, 150, 700)).hasMessageContaining("150 tenants, 700 records");
    }

    private static List<String> unsound(List<ExampleRecord> records) {
        var byId = new HashMap<String, ExampleRecord>();
        records.forEach(record -> byId.put(record.table() + key(record), record));
        return records.stream()
                .flatMap(record -> REFERENCES.get(record.table()).entrySet().stream()
                        .filter(reference -> record.item().containsKey(reference.getKey()))
                        .filter(reference -> {
                            var other = byId.get(reference.getValue()
                                    + record.item().get(reference.getKey()).s());
                            return other == null || !tenants(other).equals(tenants(record));
                        })
                        .map(reference -> record.table() + " " + key(record) + "." + reference.getKey()))
                .toList();
    }

    private static Set<String> tenants(ExampleRecord record) {
        var tenant = record.item().get("tenant_id");
        return tenant == null ? Set.of() : Set.of(tenant.s());
    }

    private static String key(ExampleRecord record) {
        return record.item()
                .get(TABLES.get(record.table()).partitionKey().name())
                .s();
    }
}
