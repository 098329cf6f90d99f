package dev.rekey.cli.deployment.wiring;

import dev.rekey.aws.AwsClients;
import dev.rekey.cli.deployment.Account;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.Side;
import dev.rekey.engine.store.TableDefinitions;
import dev.rekey.engine.store.Tables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/** Tables seen through clients of AWS, which may point to this machine. */
class AwsAccount implements Account {
    final AwsClients clients;
    private final Optional<String> user;

    /**
     * @param variables where the clients point and whose credentials they use, as AWS's tools name it
     * @param user of the operating system, for what is on this machine; empty for an account on AWS
     */
    AwsAccount(Map<String, String> variables, Optional<String> user) {
        this.clients = new AwsClients(variables);
        this.user = user;
    }

    @Override
    public final String identity() {
        return user.orElseGet(() -> {
            try {
                return clients.callerIdentity();
            } catch (SdkException e) {
                // What the person wants to do does not depend on it.
                return "unknown (STS does not answer)";
            }
        });
    }

    @Override
    public final Tables tables(Side side) {
        return clients.tables(side);
    }

    @Override
    public final TableDefinitions definitions(Side side) {
        return clients.definitions(side);
    }

    @Override
    public final List<PhysicalTable> tableNames(Side side) {
        return clients.tables(side).names();
    }

    @Override
    public final Optional<TableShape> describe(Side side, PhysicalTable table) {
        return clients.tables(side).describe(table);
    }

    @Override
    public void close() {
        clients.close();
    }
}
