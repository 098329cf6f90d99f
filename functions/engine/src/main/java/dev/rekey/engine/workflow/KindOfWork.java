package dev.rekey.engine.workflow;

import dev.rekey.core.item.Key;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.scan.Division;
import dev.rekey.engine.scan.SourcePages;
import dev.rekey.engine.segment.ActiveWorkers.Part;
import dev.rekey.engine.segment.Pacing;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.verify.VerifyWork;
import java.util.List;
import java.util.function.Predicate;

/** What is done with the records of a table, or of a part of one: which are read, and what becomes of them. */
sealed interface KindOfWork permits CopiedWork, InPlaceWork, CreatedWork, MergedAwayWork, GoneWork {
    static KindOfWork of(Workplace at) {
        return switch (at.table().part()) {
            case WHOLE -> at.plan().isInPlace() ? new InPlaceWork(at) : new CopiedWork(at);
            case CREATED -> new CreatedWork(at);
            case MERGED_AWAY -> new MergedAwayWork(at);
            case GONE -> new GoneWork(at);
        };
    }

    Workplace at();

    /** The records as the analysis reads them. */
    default SourcePages analyzed(Pacing pacing) {
        return at().source(pacing)
                .read(Division.ofSourceWithoutRanges(
                        at().ofRun(), at().run().plan().source().consistentRead()));
    }

    /** Copies, changes or deletes the records of a segment. */
    PageStep migrating(WorkItem item, Pacing pacing);

    /** The same work on records that are given. */
    PageSteps given(Pacing pacing);

    /** Compares the records of a segment with what was written. */
    PageStep comparing(VerifyWork work, Pacing pacing);

    /** Whether what was written is read with the other records of the table. */
    default boolean isReadWithTable() {
        return false;
    }

    /** What was written, read as a whole. */
    default SourcePages written(Pacing pacing) {
        return at().ports().targetRecords(at().run(), at().table(), pacing).read(Division.ofTarget(at().ofRun()));
    }

    /** Whether a rollback takes the records back when it is at {@code level}. */
    default boolean isUndoneAt(int level) {
        return true;
    }

    /** What is worked on while a rollback takes the records back. */
    default List<Part> undoneWith(Stage stage, WorkItem item) {
        return Part.of(stage, at().run().manifest(), item.level());
    }

    /** Whether others refer to the record under a key, which stays therefore. */
    default Predicate<Key> stillReferred() {
        return _ -> false;
    }
}
