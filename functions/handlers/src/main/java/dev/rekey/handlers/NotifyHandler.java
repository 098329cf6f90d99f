package dev.rekey.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import java.util.function.BiConsumer;

/** Tells people of an execution that did not end well, or took everything back. EventBridge calls it. */
public final class NotifyHandler implements RequestHandler<ScheduledEvent, Void> {
    private final BiConsumer<String, String> people;
    private final String stack;

    /** As Lambda makes it. */
    public NotifyHandler() {
        this(Bootstrap.ofProcess().people(), Bootstrap.ofProcess().stack());
    }

    /**
     * @param people are told a subject and a text
     * @param stack name of the CloudFormation stack
     */
    NotifyHandler(BiConsumer<String, String> people, String stack) {
        this.people = people;
        this.stack = stack;
    }

    @Override
    public Void handleRequest(ScheduledEvent event, Context context) {
        var ended = EndedExecution.of(event.getDetail());
        if (!ended.isNews()) {
            return null;
        }
        var announcement = Announcement.of(ended, stack, event.getRegion());
        people.accept(announcement.subject(), announcement.text());
        return null;
    }
}
