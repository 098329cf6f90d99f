package dev.rekey.engine.verify;

import dev.rekey.engine.join.MatchPartition;
import dev.rekey.engine.join.MatchPartition.Earlier;
import dev.rekey.engine.join.Matched;
import dev.rekey.engine.opened.OpenedRun;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.verify.VerifyWork.Search;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The matching of one level of a verification: references against what the target holds of this level and of those
 * before.
 *
 * @param task the execution that verifies
 * @param level from 1
 */
public record LevelMatch(OpenedRun run, RunId task, int level, Search search) {
    /** Matches one partition. */
    public Matched of(MatchPartition matching, int partition) {
        return matching.match(prefix(level), earlier(), partition);
    }

    private Earlier earlier() {
        var joins = IntStream.range(1, level).mapToObj(this::prefix).toList();
        // Old ids may stand anywhere: at the last level all values are there to be compared with all ids.
        boolean everything =
                search == Search.STALE_IDS && level == run.manifest().levels().size();
        return new Earlier(joins, everything ? Optional.empty() : Optional.of(run.referredAt(level)));
    }

    private String prefix(int ofLevel) {
        return run.folder().joinPrefix(VerifyWork.join(task, ofLevel));
    }
}
