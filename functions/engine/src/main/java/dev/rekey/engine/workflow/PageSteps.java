package dev.rekey.engine.workflow;

import dev.rekey.core.item.Key;
import dev.rekey.engine.join.AnalyzedRecords;
import dev.rekey.engine.join.EarlierWrites;
import dev.rekey.engine.migrate.CopiedTable;
import dev.rekey.engine.migrate.CopySegment;
import dev.rekey.engine.migrate.InPlaceRecords;
import dev.rekey.engine.migrate.UpdateSegment;
import dev.rekey.engine.run.RecordKinds;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.GivenRecords;
import dev.rekey.engine.scan.KeyReader;
import dev.rekey.engine.scan.SourcePages;
import dev.rekey.engine.segment.Pacing;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.verify.VerifyInPlace;
import dev.rekey.engine.verify.VerifySource;
import dev.rekey.engine.verify.VerifyWork;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What works on pages of records of a table: those of a segment, or records that are given. */
sealed interface PageSteps {
    /** Copies or changes the records of {@code pages}. */
    PageStep migrating(Segment segment, SourcePages pages);

    /** Of records that were migrated, what a comparison begins with. */
    default GivenRecords after(GivenRecords records) {
        return records;
    }

    /** Compares the records of {@code pages} with what was written. */
    PageStep comparing(VerifyWork work, SourcePages pages);

    /**
     * Of records that are copied.
     *
     * @param analyzed what the analysis has read; empty if there was none, as for a test
     * @param alone whether nobody else writes under the new key of the source record with a key
     */
    record Copying(Workplace at, Pacing pacing, Optional<AnalyzedRecords> analyzed, Predicate<Key> alone)
            implements PageSteps {
        @Override
        public PageStep migrating(Segment segment, SourcePages pages) {
            var task = at.task();
            var work = new CopySegment.Work(
                    task.run(), task.epoch(), at.table(), at.ofRun(), tables(), segment, analyzed, alone);
            return new CopySegment(
                    work, pages, at.written(pacing), at.log(), at.ports().invocation());
        }

        /** The tables whose records are in the segments. */
        private RecordKinds<CopiedTable> tables() {
            var run = at.run();
            return RecordKinds.of(
                    run,
                    at.table(),
                    table -> new CopiedTable(
                            run.plan().table(table),
                            run.mapping(table),
                            run.copying(table),
                            new EarlierWrites(at.ports().documents(), run.manifest(), table)));
        }

        @Override
        public PageStep comparing(VerifyWork work, SourcePages pages) {
            var ports = at.ports();
            return new VerifySource(
                    at.run(),
                    work,
                    pages,
                    at.written(pacing),
                    ports.later(at.task(), at.run()),
                    ports.documents(),
                    ports.invocation());
        }
    }

    /** Of records that are changed in place. */
    record Changing(Workplace at, Pacing pacing) implements PageSteps {
        @Override
        public PageStep migrating(Segment segment, SourcePages pages) {
            var task = at.task();
            var work = new UpdateSegment.Work(
                    task.run(), task.epoch(), at.table(), at.ofRun().source(), tables(), segment);
            return new UpdateSegment(
                    work, pages, at.written(pacing), at.log(), at.ports().invocation());
        }

        private RecordKinds<InPlaceRecords> tables() {
            var run = at.run();
            return RecordKinds.of(
                    run,
                    at.table(),
                    table -> new InPlaceRecords(
                            run.inPlaceMapping(
                                    table,
                                    new EarlierWrites(at.ports().documents(), run.manifest(), table)::wroteValue),
                            run.manifest().table(table).source()));
        }

        @Override
        public PageStep comparing(VerifyWork work, SourcePages pages) {
            var ports = at.ports();
            var later = ports.later(at.task(), at.run());
            return new VerifyInPlace(at.run(), work, pages, later, ports.documents(), ports.invocation());
        }

        /** What became of them is read again. */
        @Override
        public GivenRecords after(GivenRecords records) {
            var shape = at.ofRun().source();
            var keys = records.records().stream().map(shape::keyOf).toList();
            var now = new KeyReader(at.written(pacing), shape, at.ports().invocation()).read(keys);
            return new GivenRecords(List.copyOf(now.values()));
        }
    }
}
