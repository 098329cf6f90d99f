package dev.rekey.engine.check;

import dev.rekey.engine.document.Documents;
import dev.rekey.engine.finding.Finding;
import dev.rekey.engine.join.Spilled;
import dev.rekey.engine.opened.OpenedRun;
import dev.rekey.engine.wording.Wording;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds the records that are their own ancestors. Edges are held as pairs of 16-byte hashes, those only whose child is
 * a parent, too: about 150 bytes for each record that has both a parent and a child.
 */
public record Ancestors(Documents documents, OpenedRun run) {

    /** A node's text, SHA-256, shortened. */
    private record Hash(long high, long low) {
        static Hash of(String text) {
            try {
                var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
                var bytes = ByteBuffer.wrap(digest);
                return new Hash(bytes.getLong(), bytes.getLong());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }

    /** One finding for each record in a loop; reads nothing if the plan asks for none. */
    public List<Finding> ownAncestors() {
        if (!JoinedChecks.anyAcyclic(run.plan())) {
            return List.of();
        }
        var hashed = new Loops<Hash>();
        eachEdge(line -> hashed.edge(Hash.of(JoinedChecks.node(line)), Hash.of(JoinedChecks.parent(line))));
        var loops = hashed.find();
        if (loops.isEmpty()) {
            return List.of();
        }
        var suspects = new ArrayList<Spilled>();
        eachEdge(line -> {
            if (loops.sizeOf(Hash.of(JoinedChecks.node(line)), Hash.of(JoinedChecks.parent(line))) > 0) {
                suspects.add(line);
            }
        });
        return exactly(suspects);
    }

    /** Two nodes of one hash would make a loop where none is; the nodes themselves decide. */
    private List<Finding> exactly(List<Spilled> suspects) {
        var graph = new Loops<String>();
        suspects.forEach(line -> graph.edge(JoinedChecks.node(line), JoinedChecks.parent(line)));
        var loops = graph.find();
        var findings = new ArrayList<Finding>();
        for (var line : suspects) {
            int size = loops.sizeOf(JoinedChecks.node(line), JoinedChecks.parent(line));
            if (size > 0) {
                findings.add(new Finding(
                        run.plan().table(line.table()).checks().severity(),
                        CheckKind.ACYCLIC.id(),
                        line.table(),
                        line.path(),
                        size == 1
                                ? "is its own parent"
                                : "is its own ancestor, in a loop of " + Wording.count(size, "record"),
                        line.example(),
                        1));
            }
        }
        return findings;
    }

    private void eachEdge(Consumer<Spilled> edge) {
        for (int partition = 0; partition < run.manifest().partitions(); partition++) {
            documents
                    .lines(JoinedChecks.edges(run.folder(), partition), Spilled.class)
                    .forEach(edge);
        }
    }
}
