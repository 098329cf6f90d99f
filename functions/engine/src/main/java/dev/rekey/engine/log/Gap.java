package dev.rekey.engine.log;

import dev.rekey.core.item.Wording;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.List;

/**
 * What is gone of the log of a segment, as its checkpoint and its other objects show.
 *
 * @param objects that must be there, in order; at least one
 */
public record Gap(List<ObjectKey> objects) {
    private static final int MOST_NAMED = 3;

    /** The fact and what to do about it, to follow {@code Cannot …:}. */
    public String message(String unchanged) {
        var named = Wording.list(objects.stream().limit(MOST_NAMED).toList());
        int others = objects.size() - MOST_NAMED;
        var all = others > 0 ? named + " and " + Wording.count(others) + " more" : named;
        boolean one = objects.size() == 1;
        return "%s of the undo log %s missing or out of date: %s. %s Restore the newest version of %s in the bucket, then run the command again."
                .formatted(
                        one ? "an object" : Wording.count(objects.size(), "object"),
                        one ? "is" : "are",
                        all,
                        unchanged,
                        one ? "it" : "each");
    }
}
