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
@Command(name = "policy", description = "Print the minimal IAM permissions for a plan. Makes no request.")
final class PolicyCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private CommonOptions options = new CommonOptions();

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
        var policy = new PlanPolicy(read, account, options.region(), prefix.orElse("rekey"));
        environment.console().out().println(policy.document().toPrettyString());
        environment.console().out().flush();
        return 0;
    }
}
