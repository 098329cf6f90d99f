package dev.rekey.engine.migrate;

import dev.rekey.engine.log.LogBatch;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.store.Invocation;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Writes the records of a page, undo before effect: the log of the page is durable before its first write.
 *
 * @param entry what is logged of a record
 * @param writer of one page
 * @param answers those that writers get
 */
record LoggedWriting(
        PageLog log,
        Function<Classified, LogEntry> entry,
        Supplier<TargetWriter> writer,
        Answers answers,
        Invocation invocation) {

    /**
     * The attempt that the page was written by; empty if it has to begin again.
     *
     * @param others what is logged beside {@code records}, and not written
     */
    OptionalInt write(LogBatch.Header header, List<Classified> records, List<LogEntry> others) {
        if (invocation.isOver() || !logged(header, records, others)) {
            return OptionalInt.empty();
        }
        if (writer.get().write(records)) {
            return OptionalInt.of(header.place().attempt());
        }
        disclaim(header.next(), records);
        return OptionalInt.empty();
    }

    /**
     * Logs at once what others wrote: the attempt before says that it is to be ours, and the next reader of that, be it
     * another process, must not take it for ours because it equals ours. If the name is taken, somebody else works on the
     * page; then nothing is lost but this knowledge.
     */
    private void disclaim(LogBatch.Header header, List<Classified> records) {
        var theirs = Classified.theirs(records, answers.takeFailed());
        if (!theirs.isEmpty()) {
            var _ = logged(header, theirs, List.of());
        }
    }

    private boolean logged(LogBatch.Header header, List<Classified> records, List<LogEntry> others) {
        return log.append(
                header,
                Stream.concat(records.stream().map(entry), others.stream()).toList());
    }
}
