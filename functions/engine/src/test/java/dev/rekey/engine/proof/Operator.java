package dev.rekey.engine.proof;

import dev.rekey.core.plan.Limits;
import dev.rekey.engine.run.Limiting;
import dev.rekey.engine.run.Pausing;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import java.util.Optional;

/** Does to a run what the commands of an operator do while it works. */
record Operator(FunctionCall call, RunId run) {
    void pause() {
        var _ = pausing().pause();
    }

    void unpause() {
        var _ = pausing().unpause(call.tokens());
    }

    void limit(Limits limits) {
        var _ = new Limiting(
                        call.documents(), new RunFolder(run), call.invocation().time(), Optional.empty())
                .change(_ -> limits);
    }

    private Pausing pausing() {
        return new Pausing(
                call.documents(), new RunFolder(run), call.invocation().time());
    }
}
