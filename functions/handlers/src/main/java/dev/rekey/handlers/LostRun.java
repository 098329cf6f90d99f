package dev.rekey.handlers;

import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A run that holds locks, and whose {@code control.json} is gone: nobody can tell whether it ended, so nobody takes its locks.
 *
 * @param locks the objects that name it
 */
record LostRun(RunId run, List<ObjectKey> locks) {
    /** @param bucket that holds the locks and held the run */
    Announcement announcement(String bucket) {
        var folder = RunFolder.ALL + run + "/";
        return new Announcement(
                "Rekey: run " + run + " is gone and its tables stay locked",
                String.join(
                        "\n",
                        "The bucket " + bucket + " holds no " + new RunFolder(run).control()
                                + " any more. Whether the run"
                                + " ended cannot be told, so no other run may write to its tables.",
                        "",
                        "What to do",
                        "  If its objects were deleted less than 30 days ago: restore the earlier versions under "
                                + folder + ", then resume it or take it back.",
                        "  If not, what it wrote cannot be taken back any more. See that the tables are as they should be,"
                                + " and that nothing of the run is under way; then delete its locks:",
                        locks.stream()
                                .map(lock -> "    aws s3 rm s3://" + bucket + "/" + lock)
                                .collect(Collectors.joining("\n")),
                        "",
                        "Run        " + run));
    }
}
