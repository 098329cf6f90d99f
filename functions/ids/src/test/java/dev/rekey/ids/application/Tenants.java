package dev.rekey.ids.application;

import dev.rekey.ids.DynamoDbMappingTables;
import dev.rekey.ids.RekeyIds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An application in the middle of a migration. The page about applications shows this class. */
final class Tenants {
    private final DynamoDbClient db;
    private final RekeyIds ids;

    Tenants(DynamoDbClient db, Path plan) throws IOException {
        this.db = db;
        this.ids = RekeyIds.ofPlan(plan).tables(new DynamoDbMappingTables(db)).build();
    }

    /** Callers still know the tenant's old id; the organization is stored under its new one. */
    Optional<String> nameOfOrganization(String tenantId) {
        return ids.newId("Tenants", tenantId)
                .flatMap(id -> record("organizations", id))
                .map(organization -> organization.get("name").s());
    }

    /** The organization of a profile, whether the migration has reached the profile or not. */
    Optional<String> organizationOf(String profileId) {
        return record("profiles", profileId)
                .flatMap(profile -> text(profile, "organization_id")
                        .or(() -> text(profile, "tenant_id").flatMap(old -> ids.newId("Tenants", old))));
    }

    private Optional<Map<String, AttributeValue>> record(String table, String id) {
        var found = db.getItem(request -> request.tableName(table).key(Map.of("id", AttributeValue.fromS(id))));
        return found.hasItem() ? Optional.of(found.item()) : Optional.empty();
    }

    private static Optional<String> text(Map<String, AttributeValue> record, String attribute) {
        return Optional.ofNullable(record.get(attribute)).map(AttributeValue::s);
    }
}
