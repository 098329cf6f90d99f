package dev.rekey.aws;

import dev.rekey.aws.stores.LocalStores;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.TablePagesContract;
import dev.rekey.engine.store.Tables;

final class DynamoTablesTest extends TablePagesContract {
    private static final AwsClients CLIENTS = new AwsClients(LocalStores.environment());

    @Override
    protected Tables tables() {
        return CLIENTS.tables(LocalTables.OWN_SIDE);
    }

    @Override
    protected void create(TableShape shape) {
        LocalTables.create(shape);
    }
}
