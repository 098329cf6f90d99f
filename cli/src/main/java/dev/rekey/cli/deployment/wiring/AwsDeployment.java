package dev.rekey.cli.deployment.wiring;

import dev.rekey.aws.StepFunctionsWorkflow;
import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.deployment.Lifetime;
import dev.rekey.cli.deployment.StackLocation;
import dev.rekey.engine.run.TaskTokens;
import dev.rekey.engine.run.Workflow;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Time;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** A stack seen through clients of AWS, which may point to this machine. */
final class AwsDeployment extends AwsAccount implements Deployment {
    private final StackLocation place;
    private final String bucket;
    private final Workflow workflow;
    private final Objects objects;
    private final BooleanSupplier gone;
    private final Optional<Runnable> ending;

    /**
     * @param variables where the clients point and whose credentials they use, as AWS's tools name it
     * @param user as in {@link AwsAccount}
     * @param gone whether the stack is known to have ended
     * @param ending ends the stack, done when this is closed, and may be done again; empty for a stack that goes on
     */
    AwsDeployment(
            StackLocation place,
            Map<String, String> variables,
            StackLookup.StackOutputs stack,
            Time time,
            RandomGenerator random,
            Optional<String> user,
            BooleanSupplier gone,
            Optional<Runnable> ending) {
        super(variables, user);
        this.place = place;
        this.bucket = stack.bucket();
        this.workflow =
                new StepFunctionsWorkflow(clients.stepFunctions(), stack.stateMachineArn(), new Faults(place)::explain);
        this.objects = clients.objects(bucket, time, random);
        this.gone = gone;
        this.ending = ending;
    }

    @Override
    public Workflow workflow() {
        return workflow;
    }

    @Override
    public String bucket() {
        return bucket;
    }

    @Override
    public Objects objects() {
        return objects;
    }

    @Override
    public Lifetime lifetime() {
        return switch (place) {
            case StackLocation.Aws _ -> Lifetime.CLOUD;
            case StackLocation.Local _ -> ending.isPresent() ? Lifetime.COMMAND : Lifetime.LOCAL_STACK;
        };
    }

    @Override
    public boolean isGone() {
        return gone.getAsBoolean();
    }

    @Override
    public void endOwnStack() {
        ending.ifPresent(Runnable::run);
    }

    @Override
    public TaskTokens taskTokens() {
        return clients.taskTokens();
    }

    @Override
    public void close() {
        super.close();
        endOwnStack();
    }
}
