package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;

/**
 * One entry of a run's ledger.
 *
 * @param format 1
 * @param sequence number of the entry, from 1
 * @param previous SHA-256 of the bytes of the entry before, 64 hexadecimal digits; zeros in the first
 * @param at when it was appended
 * @param task the execution that decided; empty if a person did, with a command
 * @param by who started that execution or gave that command, in the entry that says so; empty if unknown
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record LedgerEntry(
        int format,
        RunId run,
        int sequence,
        String previous,
        Instant at,
        Optional<RunId> task,
        Optional<Caller> by,
        Decision decision) {
    static final String NOTHING_BEFORE = "0".repeat(64);

    /** Whether both say the same of the same execution. */
    boolean decides(Optional<RunId> by, Decision what) {
        return task.equals(by) && decision.name().equals(what.name());
    }
}
