package dev.rekey.engine.run;

import dev.rekey.core.plan.Limits;
import dev.rekey.engine.store.Documents;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Changes what a run may consume, while it works: its workers follow from their next page on. */
public record Limiting(Documents documents, RunFolder folder, InstantSource time, Optional<Caller> by) {
    /**
     * @param change of the limits that hold now
     * @return the limits from now on
     */
    public Limits change(UnaryOperator<Limits> change) {
        var limits = new ControlObject(documents, folder)
                .change(found -> Optional.of(found.within(change.apply(found.limits()))))
                .limits();
        var decision =
                new Decision.LimitsChanged(time.instant(), limits.readUnitsPerSecond(), limits.writeUnitsPerSecond());
        new Ledger(documents, folder.run(), time).append(Optional.empty(), by, decision);
        return limits;
    }
}
