package dev.rekey.engine.analyze;

import dev.rekey.core.item.Sha256;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.join.Spilled;
import dev.rekey.engine.run.Loops;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.store.Documents;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Finds the records that are their own ancestors. Edges are held as pairs of 16-byte hashes, those only whose child is
 * a parent, too: about 150 bytes for each record that has both a parent and a child.
 */
public record Ancestors(Documents documents, RunContext run, int mostEdges) {
    /** 750 MB. */
    private static final int MOST_EDGES = 5_000_000;

    public Ancestors(Documents documents, RunContext run) {
        this(documents, run, MOST_EDGES);
    }

    /** A node's text, SHA-256, shortened. */
    private record Hash(long high, long low) {
        static Hash of(String text) {
            var bytes = ByteBuffer.wrap(Sha256.of(text));
            return new Hash(bytes.getLong(), bytes.getLong());
        }
    }

    /**
     * Adds one finding for each record in a loop, or a problem for each check if there are more edges than can be held.
     * Reads nothing if the plan asks for none.
     */
    public void into(Findings findings) {
        if (!JoinedChecks.anyAcyclic(run.plan())) {
            return;
        }
        var count = new AtomicLong();
        var hashed = new Loops<Hash>();
        eachEdge(line -> {
            if (count.incrementAndGet() <= mostEdges) {
                hashed.edge(Hash.of(JoinedChecks.node(line)), Hash.of(JoinedChecks.parent(line)));
            }
        });
        if (count.get() > mostEdges) {
            tooMany(count.get()).forEach(findings::add);
            return;
        }
        var loops = hashed.find();
        if (loops.isEmpty()) {
            return;
        }
        var suspects = new ArrayList<Spilled.Parent>();
        eachEdge(line -> {
            if (loops.sizeOf(Hash.of(JoinedChecks.node(line)), Hash.of(JoinedChecks.parent(line))) > 0) {
                suspects.add(line);
            }
        });
        exactly(suspects).forEach(findings::add);
    }

    private List<Problem> tooMany(long edges) {
        return run.plan().tables().stream()
                .filter(table -> !table.checks().acyclic().isEmpty())
                .map(table -> new Problem(
                        table.checks().severity(),
                        "check.acyclic-too-large",
                        "tables." + table.name() + ".checks.acyclic",
                        Wording.count(edges, "record") + " in the plan's acyclic checks "
                                + Wording.agree(edges, "is", "are") + " both parent and child, more than the limit of "
                                + Wording.count(mostEdges) + ": cycles were not checked",
                        "Remove the check, or migrate in parts with \"where\"."))
                .toList();
    }

    /** Two nodes of one hash would make a loop where none is; the nodes themselves decide. */
    private List<Finding> exactly(List<Spilled.Parent> suspects) {
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
                                : "is its own ancestor, in a cycle of " + Wording.count(size, "record"),
                        line.record(),
                        1));
            }
        }
        return findings;
    }

    private void eachEdge(Consumer<Spilled.Parent> edge) {
        for (int partition = 0; partition < run.manifest().partitions(); partition++) {
            documents
                    .list(JoinedChecks.edges(run.folder(), partition))
                    .forEach(key -> documents.eachLine(key, Spilled.class, line -> {
                        if (line instanceof Spilled.Parent parent) {
                            edge.accept(parent);
                        }
                    }));
        }
    }
}
