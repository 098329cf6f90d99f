package dev.rekey.aws;

import dev.rekey.aws.stores.LocalStores;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.store.TableDefinitions;
import dev.rekey.engine.store.TableDefinitionsContract;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class DynamoDefinitionsTest extends TableDefinitionsContract {
    private static final AwsClients CLIENTS = new AwsClients(LocalStores.environment());

    @Override
    protected TableDefinitions definitions() {
        return CLIENTS.definitions(LocalTables.OWN_SIDE);
    }

    @Override
    protected void fill(PhysicalTable table) {
        CLIENTS.tables(LocalTables.OWN_SIDE)
                .putAll(
                        table,
                        List.of(Map.of(
                                "id", AttributeValue.fromS("1"),
                                "at", AttributeValue.fromN("1"),
                                "owner", AttributeValue.fromB(SdkBytes.fromUtf8String("o")))));
    }
}
