package dev.rekey.aws;

import dev.rekey.engine.run.TaskTokens;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** Tasks that wait in Step Functions. */
final class StepFunctionsTokens implements TaskTokens {
    private static final SdkRequest REQUEST =
            new SdkRequest("states:SendTaskSuccess", "wake a paused task", "the state machine", true);

    private final SfnClient client;

    StepFunctionsTokens(SfnClient client) {
        this.client = client;
    }

    @Override
    public boolean giveBack(TaskToken token) {
        try {
            client.sendTaskSuccess(request -> request.taskToken(token.value()).output("{}"));
            return true;
        } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException e) {
            // It went on already, or its execution has ended: Step Functions tells these apart by how long ago.
            return false;
        } catch (SdkException e) {
            throw SdkFailure.of(REQUEST, e).exception();
        }
    }
}
