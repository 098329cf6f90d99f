package dev.rekey.cli.deployment.wiring;

import dev.rekey.cli.deployment.StackLocation;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.StoreException.Kind;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;

/** Asks CloudFormation for what a stack is made of. */
final class StackLookup {
    private static final String BUCKET = "BucketName";
    private static final String STATE_MACHINE = "StateMachineArn";

    private final CloudFormationClient client;
    private final Faults faults;
    private final String endpoint;
    private final Supplier<String> where;

    /**
     * @param endpoint where {@code client} asks
     * @param where that is, in words; asked for only if there is no such stack
     */
    StackLookup(CloudFormationClient client, Faults faults, String endpoint, Supplier<String> where) {
        this.client = client;
        this.faults = faults;
        this.endpoint = endpoint;
        this.where = where;
    }

    record StackOutputs(String bucket, String stateMachineArn) {}

    StackOutputs find(StackLocation.Aws place) {
        var outputs = outputs(place);
        return new StackOutputs(output(place, outputs, BUCKET), output(place, outputs, STATE_MACHINE));
    }

    private Map<String, String> outputs(StackLocation.Aws place) {
        var verb = "find the stack " + place.stack() + " at " + endpoint;
        try {
            return client.describeStacks(request -> request.stackName(place.stack())).stacks().stream()
                    .flatMap(stack -> stack.outputs().stream())
                    .collect(Collectors.toMap(Output::outputKey, Output::outputValue));
        } catch (AwsServiceException e) {
            throw saysThereIsNone(e) ? missing(place, "there is no such stack") : faults.explain(verb, e);
        } catch (SdkException e) {
            throw faults.explain(verb, e);
        }
    }

    /** CloudFormation has no error code of its own for it. */
    private static boolean saysThereIsNone(AwsServiceException e) {
        return e.awsErrorDetails() != null
                && e.awsErrorDetails().errorMessage() != null
                && e.awsErrorDetails().errorMessage().contains("does not exist");
    }

    private String output(StackLocation.Aws place, Map<String, String> outputs, String name) {
        var value = outputs.get(name);
        if (value == null) {
            throw missing(place, "the stack has no output " + name + ", so it is not a Rekey stack or not ready");
        }
        return value;
    }

    private StoreException missing(StackLocation.Aws place, String fact) {
        return new StoreException(
                Kind.MISSING,
                "Cannot find the stack " + place.stack() + " in " + where.get() + ": " + fact
                        + ". Nothing was started. Deploy it, check --stack, --region and --profile, or use --local.");
    }
}
