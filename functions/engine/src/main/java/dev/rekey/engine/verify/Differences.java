package dev.rekey.engine.verify;

import dev.rekey.engine.document.Documents;
import dev.rekey.engine.record.TypedJson;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.table.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps what verification has to say of single records, page by page, in S3. */
final class Differences {
    private final Documents documents;
    private final RunFolder folder;
    private final VerifyWork work;

    Differences(Documents documents, RunFolder folder, VerifyWork work) {
        this.documents = documents;
        this.folder = folder;
        this.work = work;
    }

    /** The verdicts of one page. */
    static final class OfPage {
        private final Map<String, Long> counts = new HashMap<>();
        private final List<Noted> noted = new ArrayList<>();

        private record Noted(Verdict verdict, Key key, List<String> attributes) {}

        void add(Verdict verdict, Key key, List<String> attributes) {
            counts.merge(verdict.word(), 1L, Long::sum);
            if (verdict != Verdict.MATCHED && verdict != Verdict.SKIPPED && verdict != Verdict.PREEXISTING) {
                noted.add(new Noted(verdict, key, attributes));
            }
        }

        Map<String, Long> counts() {
            return counts;
        }
    }

    void write(int page, OfPage verdicts, boolean redone) {
        if (redone || !verdicts.noted.isEmpty()) {
            var differences = verdicts.noted.stream()
                    .map(one -> new Difference(
                            one.verdict().word(),
                            work.table(),
                            TypedJson.text(one.key().attributes()),
                            one.attributes()))
                    .toList();
            var name = "%s-%s-%08d.json".formatted(work.table(), work.segment().folder(), page);
            documents.put(new ObjectKey(VerifyWork.differences(folder, work.task(), work.level()) + name), differences);
        }
    }
}
