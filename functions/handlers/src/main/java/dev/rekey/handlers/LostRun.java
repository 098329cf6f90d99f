package dev.rekey.handlers;

import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A run that holds locks, and whose {@code control.json} is gone: whether it ended is unknown, so its locks stay.
 *
 * @param locks the objects that name it
 */
record LostRun(RunId run, List<ObjectKey> locks) {
    /** @param bucket that holds the locks and held the run */
    Announcement announcement(String bucket) {
        var folder = RunFolder.ALL + run + "/";
        return new Announcement(
                "Rekey: run " + run + " is missing and its tables stay locked",
                String.join(
                        "\n",
                        "The bucket " + bucket + " holds no " + new RunFolder(run).control()
                                + " any more. Rekey cannot determine whether the run ended, so no other run may write to its tables.",
                        "",
                        "What to do",
                        "  If its objects were deleted less than 30 days ago: restore the earlier versions under "
                                + folder + ", then resume the run or roll it back.",
                        "  Otherwise the run can no longer be rolled back. Check that the tables are as they should be and that no part of the run is still working, then delete its locks:",
                        locks.stream()
                                .map(lock -> "    aws s3 rm s3://" + bucket + "/" + lock)
                                .collect(Collectors.joining("\n")),
                        "",
                        "Run        " + run));
    }
}
