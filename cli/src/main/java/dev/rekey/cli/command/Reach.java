package dev.rekey.cli.command;

import dev.rekey.cli.deployment.Account;
import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.deployment.Deployments;
import dev.rekey.cli.deployment.StackLocation;
import java.util.function.Function;

/** A way to tables and to a stack, taken only where a command needs them. */
sealed interface Reach {
    <T> T account(Function<Account, T> use);

    <T> T deployment(Function<Deployment, T> use);

    /** Opened for every use and closed after it. */
    record ToOpen(Deployments deployments, StackLocation place) implements Reach {
        @Override
        public <T> T account(Function<Account, T> use) {
            try (var account = deployments.account(place)) {
                return use.apply(account);
            }
        }

        @Override
        public <T> T deployment(Function<Deployment, T> use) {
            try (var deployment = deployments.openToRead(place)) {
                return use.apply(deployment);
            }
        }
    }

    /** Opened already: the caller closes it. */
    record Open(Deployment deployment) implements Reach {
        @Override
        public <T> T account(Function<Account, T> use) {
            return use.apply(deployment);
        }

        @Override
        public <T> T deployment(Function<Deployment, T> use) {
            return use.apply(deployment);
        }
    }
}
