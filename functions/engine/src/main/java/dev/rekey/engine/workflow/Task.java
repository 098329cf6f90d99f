package dev.rekey.engine.workflow;

import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.verify.VerifyScope;
import dev.rekey.engine.verify.VerifyWork.Search;
import java.util.Optional;

/**
 * What every state but the first is told.
 *
 * @param run to work on
 * @param task the execution that works on it; the same as {@code run} unless the run is older
 * @param epoch of the run, in which the work was handed out
 * @param action of the execution; empty where it does not matter
 * @param concurrency how many workers a Distributed Map runs at once, at least 1
 */
public record Task(RunId run, RunId task, int epoch, Optional<Action> action, int concurrency) {
    public RunFolder folder() {
        return new RunFolder(run);
    }

    /** What a verification looks for beside differences. */
    Search search() {
        return action.map(Search::of).orElse(Search.NOTHING);
    }

    /** Which records are judged: a migration judges all of its own. */
    VerifyScope verifyScope(Documents documents) {
        return is(Action.VERIFY) ? VerifyScope.find(documents, folder(), task) : VerifyScope.ALL;
    }

    boolean is(Action one) {
        return action.filter(one::equals).isPresent();
    }
}
