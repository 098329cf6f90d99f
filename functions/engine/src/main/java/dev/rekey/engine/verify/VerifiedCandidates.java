package dev.rekey.engine.verify;

import dev.rekey.engine.analyze.MergeCandidateReader;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.segment.PageLines;
import dev.rekey.engine.store.Documents;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes down the records that may match others by now, so that new pairs are found. Only where all is verified. */
final class VerifiedCandidates {
    private final MergeCandidateReader reader;
    private final VerifyWork work;
    private final Documents documents;
    private final String prefix;
    private final boolean idle;

    VerifiedCandidates(RunContext run, VerifyWork work, Documents documents) {
        this.reader = new MergeCandidateReader(run, work.table());
        this.work = work;
        this.documents = documents;
        this.prefix = run.folder().mergeCandidates(work.task());
        this.idle = reader.isIdle() || !work.scope().part().isEverything();
    }

    void write(List<Map<String, AttributeValue>> records, int page, boolean redone) {
        if (!idle) {
            var found = reader.page();
            records.forEach(found::add);
            new PageLines(documents, work.table(), work.segment(), page, redone).write(prefix, found.candidates());
        }
    }
}
