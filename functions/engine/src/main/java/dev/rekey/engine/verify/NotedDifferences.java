package dev.rekey.engine.verify;

import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.GzippedLines;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The differences of one level as they lie in S3: failures apart from what is only reported. */
public final class NotedDifferences {
    private final Documents documents;
    private final String prefix;

    /** @param task the execution that verifies */
    public NotedDifferences(Documents documents, RunFolder folder, RunId task, int level) {
        this.documents = documents;
        this.prefix = folder.key("differences/%s/%d/".formatted(task, level)).name();
    }

    /**
     * Writes what one page or one partition found.
     *
     * @param name of the page or partition, unlike any other of the level
     * @param redone whether an earlier attempt may have left objects, which then are replaced in any case
     */
    public void write(String name, List<Difference> differences, boolean redone) {
        put(
                failuresPrefix() + name,
                differences.stream().filter(Difference::fails).toList(),
                redone);
        put(
                notesPrefix() + name,
                differences.stream().filter(one -> !one.fails()).toList(),
                redone);
    }

    /** The first of them, failures before anything else. */
    public List<Difference> first(int most) {
        var first = new ArrayList<Difference>();
        for (var key : Stream.concat(failures().stream(), notes().stream()).toList()) {
            if (first.size() >= most) {
                break;
            }
            first.addAll(documents.lines(key, Difference.class));
        }
        return List.copyOf(first.subList(0, Math.min(most, first.size())));
    }

    /** Where the failures lie: gzipped, one difference on each line. */
    public List<ObjectKey> failures() {
        return documents.list(failuresPrefix());
    }

    /** Where everything else lies, likewise. */
    public List<ObjectKey> notes() {
        return documents.list(notesPrefix());
    }

    private String failuresPrefix() {
        return prefix + "failures/";
    }

    private String notesPrefix() {
        return prefix + "notes/";
    }

    private void put(String name, List<Difference> differences, boolean redone) {
        if (redone || !differences.isEmpty()) {
            documents.putBytes(new ObjectKey(name + ".jsonl.gz"), GzippedLines.of(differences));
        }
    }
}
