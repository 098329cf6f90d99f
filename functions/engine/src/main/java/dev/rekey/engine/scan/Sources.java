package dev.rekey.engine.scan;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.Location;
import dev.rekey.core.plan.Side;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Concurrency;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Sides;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Makes what the sides of a plan are read by: the only place that knows which source is for which location.
 *
 * @param backoff a new one for every request, or page
 */
public record Sources(Sides sides, Supplier<Backoff> backoff, Concurrency concurrency) {
    public Sources(Sides sides, Invocation invocation) {
        this(sides, invocation::backoff, invocation.concurrency());
    }

    /** The records of {@code side}; of files, those that no run has frozen: none. */
    public Source of(Side side) {
        return of(side, Paced.NOT, Map::of);
    }

    /**
     * @param paced makes of the side's tables and files those that keep to the limits of a run
     * @param files that the run reads, by the address that the plan has for them
     */
    public Source of(Side side, Paced paced, Supplier<Map<PhysicalTable, FileTable>> files) {
        return switch (side.location()) {
            case Location.Tables _ -> new TableSource(paced.source(sides.of(side)), backoff, concurrency);
            case Location.Files _ -> new FileSource(paced.source(sides.files(side)), files.get(), backoff);
        };
    }
}
