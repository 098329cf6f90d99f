package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.core.identity.Derivation;
import dev.rekey.core.identity.Family;
import dev.rekey.core.identity.IdReading;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TablePlan;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.core.SdkBytes;

/** {@code rekey id}. */
@Command(name = "id", description = "Print the new id for an old id.")
final class IdCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Parameters(index = "0", paramLabel = "PLAN", description = "The plan file.")
    private Path plan;

    @Parameters(index = "1", paramLabel = "ID", description = "The old id; a binary id in Base64.")
    private String id;

    @Option(names = "--table", required = true, paramLabel = "TABLE", description = "The table's name in the plan.")
    private String table;

    @Option(
            names = "--type",
            paramLabel = "S|N|B",
            description =
                    "Type of the table's key (default: read from the table with --local, --profile, --region or --stack; otherwise N if the plan has digits, else S).")
    private Optional<KeyType> type = Optional.empty();

    IdCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var read =
                PlanFile.read(environment, "compute an id with", plan).reading().plan();
        var chosen = TestCommand.tableOf(read, "compute an id of", table);
        if (chosen.identity() instanceof IdentityRule.Lookup) {
            throw refusal("its new ids are in a mapping, which this command does not support yet");
        }
        var family = new Family(chosen.family(), chosen.identity(), typeOf(read, chosen));
        var newId = newId(family);
        var out = environment.console().out();
        if (options.json()) {
            out.println(JsonNodeFactory.instance
                    .objectNode()
                    .put("table", table)
                    .put("type", family.type().name())
                    .put("old", id)
                    .put("new", newId)
                    .toPrettyString());
        } else {
            out.println(newId);
        }
        out.flush();
        return 0;
    }

    private KeyType typeOf(Plan read, TablePlan chosen) {
        if (type.isPresent()) {
            return type.get();
        }
        if (options.namesAPlace()) {
            return describedType(read, chosen);
        }
        return switch (chosen.identity()) {
            case IdentityRule.Derive(var _, var digits) -> digits.isPresent() ? KeyType.N : KeyType.S;
            case IdentityRule.Keep() -> KeyType.S;
            case IdentityRule.Lookup lookup -> lookup.ids().old();
        };
    }

    private KeyType describedType(Plan read, TablePlan chosen) {
        try (var account = environment.deployments().account(options.place(environment))) {
            var shape = account.describe(read.source(), chosen.source())
                    .orElseThrow(() -> refusal("the table does not exist: " + chosen.source()));
            return KeyRoles.self(chosen, shape)
                    .map(KeyAttribute::type)
                    .orElseThrow(() -> refusal("the table's key consists of references only"));
        }
    }

    private String newId(Family family) {
        var derivation = Derivation.of(family);
        return switch (oldId(family.type())) {
            case OldId old -> derivation.newText(old);
            case IdReading.NoId() -> throw refusal("an empty value is not an id");
            case IdReading.Unusable(var reason) -> throw refusal("it " + reason);
        };
    }

    private IdReading oldId(KeyType keyType) {
        return switch (keyType) {
            case S, N -> OldId.ofText(keyType, id);
            case B -> OldId.ofBinary(keyType, SdkBytes.fromByteArray(decoded()));
        };
    }

    private byte[] decoded() {
        try {
            return Base64.getDecoder().decode(id);
        } catch (IllegalArgumentException e) {
            throw refusal("it is not Base64, which binary ids require");
        }
    }

    private CommandFailure refusal(String fact) {
        return CommandFailure.usage("Cannot compute the new id of " + id + " in table " + table + ": " + fact
                + ". Nothing was changed. Check the id, --table and --type.");
    }
}
