package dev.rekey.engine.proof;

import dev.rekey.engine.log.LogBatch;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.log.LogObject;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.migration.InThread;
import dev.rekey.engine.migration.SteppingTime;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** An object of the undo log with other entries than a worker wrote or would read. */
final class RewrittenLog {
    private final InMemoryObjects scratch = new InMemoryObjects();
    private final ObjectKey key;
    private final UndoLog log;

    private RewrittenLog(RunId run, ObjectKey key, byte[] content) {
        var time = new SteppingTime();
        var invocation = new Invocation("scratch", time.instant().plusSeconds(1), time, new InThread(), new Random(0));
        this.key = key;
        this.log = new UndoLog(new Documents(scratch, invocation.backoff()), new RunFolder(run));
        var _ = scratch.create(key, content);
    }

    static boolean isOfLog(ObjectKey key) {
        return key.name().contains("/log/");
    }

    /** What {@code content} says. */
    static LogBatch batch(RunId run, ObjectKey key, byte[] content) {
        return new RewrittenLog(run, key, content).batch();
    }

    /** {@code content} with other entries. */
    static byte[] with(RunId run, ObjectKey key, byte[] content, Function<LogBatch, List<LogEntry>> entries) {
        var one = new RewrittenLog(run, key, content);
        var batch = one.batch();
        one.scratch.delete(key);
        var _ = one.log.append(new LogBatch(batch.header(), entries.apply(batch)));
        return one.scratch.contents().get(key.name());
    }

    private LogBatch batch() {
        return log.read(new LogObject(key, 0, 0));
    }
}
