package dev.rekey.engine.undo;

import dev.rekey.engine.document.Documents;
import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.store.Objects.PutOutcome;
import dev.rekey.engine.store.StoreException;
import java.util.Comparator;
import java.util.List;

/** The page objects of a run. */
public final class PageLog {
    private final Documents documents;
    private final RunFolder folder;

    public PageLog(Documents documents, RunFolder folder) {
        this.documents = documents;
        this.folder = folder;
    }

    /**
     * Makes a page durable, before anything of it is written to the target.
     *
     * @return false if there is another object for this attempt: somebody else works on the page
     */
    public boolean append(Page page) {
        var header = page.header();
        var key = folder.page(header.table(), header.segment(), header.page(), header.attempt());
        return switch (documents.createBytes(key, PageCodec.encode(page))) {
            case PutOutcome.Done _ -> true;
            case PutOutcome.ConditionFailed _ -> false;
        };
    }

    /** All page objects of a segment, by page, then by attempt. */
    public List<PageRef> pages(TableName table, Segment segment) {
        return documents.list(folder.pagePrefix(table, segment)).stream()
                .map(PageRef::of)
                // As numbers: the ten thousandth attempt has more digits than its name has places.
                .sorted(Comparator.comparingInt(PageRef::page).thenComparingInt(PageRef::attempt))
                .toList();
    }

    /** All page objects of a table. */
    public List<PageRef> pages(TableName table) {
        return documents.list(folder.pagePrefix(table)).stream()
                .map(PageRef::of)
                .toList();
    }

    public Page read(PageRef ref) {
        var stored = documents
                .bytes(ref.key())
                .orElseThrow(() -> new StoreException(
                        StoreException.Kind.MISSING,
                        "Cannot read " + ref.key() + ": the page object is gone. Nothing was changed. Restore the"
                                + " object from an earlier version of the bucket."));
        return PageCodec.decode(ref.key(), stored.content());
    }
}
