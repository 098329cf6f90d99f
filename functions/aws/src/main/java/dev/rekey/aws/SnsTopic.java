package dev.rekey.aws;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;

/** Tells everybody who has subscribed to a topic of SNS. */
public final class SnsTopic {
    private final SnsClient client;
    private final String arn;

    SnsTopic(SnsClient client, String arn) {
        this.client = client;
        this.arn = arn;
    }

    /**
     * @param subject of an e-mail: at most 100 characters of ASCII
     * @throws dev.rekey.engine.store.StoreException if the topic did not take it
     */
    public void tell(String subject, String text) {
        try {
            var _ = client.publish(
                    request -> request.topicArn(arn).subject(subject).message(text));
        } catch (SdkException e) {
            throw SdkFailure.of(new SdkRequest("sns:Publish", "publish a message", "the topic " + arn, true), e)
                    .exception();
        }
    }
}
