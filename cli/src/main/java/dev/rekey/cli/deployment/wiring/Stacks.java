package dev.rekey.cli.deployment.wiring;

import dev.rekey.cli.deployment.Account;
import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.deployment.Deployments;
import dev.rekey.cli.deployment.LocalStacks;
import dev.rekey.cli.deployment.StackLocation;
import dev.rekey.engine.store.Time;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Stacks wherever they are. */
public final class Stacks implements Deployments, LocalStacks {
    private final AwsDeployments aws;
    private final LocalDeployments local;

    /**
     * @param variables of this process's environment
     * @param files what a stack on this machine is made of
     * @param random for several threads at once
     * @param people hear in sentences what a stack on this machine found out about its data
     */
    public Stacks(
            Map<String, String> variables,
            LocalFiles files,
            Time time,
            RandomGenerator random,
            Consumer<String> people) {
        this.aws = new AwsDeployments(variables, time, random);
        this.local = new LocalDeployments(files, time, random, people, variables.getOrDefault("USER", "unknown"));
    }

    @Override
    public Deployment open(StackLocation place) {
        return switch (place) {
            case StackLocation.Aws onAws -> aws.open(onAws);
            case StackLocation.Local(var data) -> local.open(data);
        };
    }

    @Override
    public Deployment openToRead(StackLocation place) {
        return switch (place) {
            case StackLocation.Aws onAws -> aws.open(onAws);
            case StackLocation.Local(var data) -> local.openToRead(data);
        };
    }

    @Override
    public Account account(StackLocation place) {
        return switch (place) {
            case StackLocation.Aws onAws -> aws.account(onAws);
            case StackLocation.Local(var data) -> local.openToRead(data);
        };
    }

    @Override
    public LocalStack start(Settings settings) {
        return local.start(settings);
    }
}
