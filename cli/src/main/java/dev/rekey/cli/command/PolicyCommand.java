package dev.rekey.cli.command;

import dev.rekey.cli.deployment.PlanPolicy;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rekey policy}. */
@Command(
        name = "policy",
        description = "Print the minimal IAM permissions for a plan. Makes no request.",
        footer = "  rekey policy plan.yaml --account 111122223333 --region eu-central-1")
final class PolicyCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    @SuppressWarnings("UnusedVariable") // what is printed is JSON in any case; failures look at the arguments
    private OutputOptions options = new OutputOptions();

    @Option(names = "--region", paramLabel = "REGION", description = "AWS region of the stack (default: any).")
    private Optional<String> region = Optional.empty();

    @Parameters(paramLabel = "PLAN", description = "The plan file.")
    private Path plan;

    @Option(names = "--account", paramLabel = "ID", description = "Account of the stack (default: any).")
    private Optional<String> account = Optional.empty();

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            description = "Prefix of the names of the stack's roles: its parameter Prefix (default: rekey).")
    private Optional<String> prefix = Optional.empty();

    PolicyCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var read =
                PlanFile.read(environment, "write policies for", plan).reading().plan();
        var policy = new PlanPolicy(read, account, region, prefix.orElse("rekey"));
        environment.console().out().println(policy.document().toPrettyString());
        environment.console().out().flush();
        return 0;
    }
}
