package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.cli.deployment.PlanPolicy;
import dev.rekey.cli.deployment.PolicyRequest;
import dev.rekey.cli.deployment.StackParameters;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.core.plan.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rekey policy}. */
@Command(
        name = "policy",
        description = "Print the minimal IAM permissions for plans. Makes no request.",
        footer = "  rekey policy plan.yaml --account 111122223333 --region eu-central-1")
final class PolicyCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    @SuppressWarnings("UnusedVariable") // what is printed is JSON in any case; failures look at the arguments
    private OutputOptions options = new OutputOptions();

    @Option(names = "--region", paramLabel = "REGION", description = "AWS region of the stack (default: any).")
    private Optional<String> region = Optional.empty();

    @Parameters(paramLabel = "PLAN", arity = "1..*", description = "The plan files: all that the stack carries out.")
    private List<Path> plans = List.of();

    @Option(names = "--account", paramLabel = "ID", description = "Account of the stack (default: any).")
    private Optional<String> account = Optional.empty();

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            description = "Prefix of the names of the stack's roles: its parameter Prefix (default: rekey).")
    private Optional<String> prefix = Optional.empty();

    @Option(
            names = "--role-path",
            paramLabel = "PATH",
            description = "Path of the stack's roles: its parameter RolePath (default: /).")
    private Optional<String> rolePath = Optional.empty();

    @Option(
            names = "--operator",
            paramLabel = "ARN",
            description =
                    "Role or user that may take the roles in other accounts, for init, id, tables, status --plan and rollback --emergency. Repeatable.")
    private List<String> operators = List.of();

    @Option(
            names = "--key",
            paramLabel = "ARN",
            description = "Customer managed KMS key that encrypts tables. Repeatable.")
    private List<String> keys = List.of();

    @Option(
            names = "--parameters",
            paramLabel = "FILE",
            description =
                    "Also write the stack's parameters of tables, roles and keys to this YAML file. Its other parameters"
                            + " stay.")
    private Optional<Path> parameters = Optional.empty();

    @Option(
            names = "--wide",
            description =
                    "Group tables and files, where their list is too long, into patterns, which match others, too.")
    private boolean wide;

    PolicyCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var read = plans.stream()
                .map(file -> PlanFile.read(environment, "write policies for", file)
                        .reading()
                        .plan())
                .toList();
        requireStack(read);
        var request =
                new PolicyRequest(account, region, prefix.orElse("rekey"), rolePath.orElse("/"), operators, keys, wide);
        var policies = read.stream().map(plan -> new PlanPolicy(plan, request)).toList();
        var document = JsonNodeFactory.instance.objectNode();
        if (read.size() == 1) {
            document.setAll(policies.getFirst().document());
        } else {
            var each = document.putObject("plans");
            for (int i = 0; i < read.size(); i++) {
                each.set(read.get(i).name().value(), policies.get(i).document());
            }
        }
        var stack = StackParameters.of(read, request);
        write(document, stack, policies);
        parameters.ifPresent(file -> new ParametersFile(environment, file).write(stack.values()));
        boolean deployable = stack.tooLong().isEmpty() && policies.stream().noneMatch(PlanPolicy::isTooLong);
        return (deployable ? ExitCode.DONE : ExitCode.REFUSED).number();
    }

    private void write(ObjectNode document, StackParameters stack, List<PlanPolicy> policies) {
        var given = document.putObject("parameters");
        stack.values().forEach((name, value) -> {
            if (!value.isEmpty()) {
                given.put(name, value);
            }
        });
        var warnings = new ArrayList<>(stack.warnings());
        policies.forEach(policy -> warnings.addAll(policy.warnings()));
        if (!warnings.isEmpty()) {
            var told = document.putArray("warnings");
            warnings.forEach(told::add);
        }
        environment.console().out().println(document.toPrettyString());
        environment.console().out().flush();
    }

    /** Any other role with such a name, of another stack or another region, must not be let in. */
    private void requireStack(List<Plan> read) {
        if (read.stream().anyMatch(PlanPolicy::namesRoles) && (account.isEmpty() || region.isEmpty())) {
            throw CommandFailure.usage(
                    "Cannot write policies: a plan names a role in another account, and who may take it is named exactly."
                            + " Nothing was written. Add --account and --region of the stack.");
        }
    }
}
