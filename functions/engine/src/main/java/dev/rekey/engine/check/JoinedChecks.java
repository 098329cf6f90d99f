package dev.rekey.engine.check;

import dev.rekey.engine.document.Documents;
import dev.rekey.engine.document.GzippedLines;
import dev.rekey.engine.finding.Finding;
import dev.rekey.engine.finding.Findings;
import dev.rekey.engine.join.Spilled;
import dev.rekey.engine.plan.Plan;
import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.wording.Wording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Judges the lines of checks that meet in one partition: values that should be unique, and pairs that should agree. Of
 * the edges from child to parent, only those go on to {@link Ancestors} that can be part of a loop.
 */
public final class JoinedChecks implements Consumer<Spilled> {
    private final Plan plan;
    private final Map<String, List<Spilled>> unique = new HashMap<>();
    private final Map<String, Set<String>> held = new HashMap<>();
    private final List<Spilled> claimed = new ArrayList<>();
    private final List<Spilled> parents = new ArrayList<>();
    /** References along which no loop may be. */
    private final Set<String> acyclic = new HashSet<>();
    /** Nodes that are somebody's parent. */
    private final Set<String> haveChildren = new HashSet<>();

    public JoinedChecks(Plan plan) {
        this.plan = plan;
        plan.tables()
                .forEach(table ->
                        table.checks().acyclic().forEach(path -> acyclic.add(place(table.name(), path.text()))));
    }

    /** Where the edges of a partition lie that can be part of a loop. */
    static ObjectKey edges(RunFolder folder, int partition) {
        return folder.key("matches/analyze/%05d-edges.jsonl.gz".formatted(partition));
    }

    static ObjectKey compared(RunFolder folder, int partition) {
        return folder.key("matches/analyze/%05d-compared.json".formatted(partition));
    }

    /** @param checks such as {@code Orders.checks.agree.companyId} -> how many records it could compare with others */
    record Compared(Map<String, Long> checks) {}

    static boolean anyAcyclic(Plan plan) {
        return plan.tables().stream()
                .anyMatch(table -> !table.checks().acyclic().isEmpty());
    }

    @Override
    public void accept(Spilled line) {
        switch (line.kind()) {
            case UNIQUE ->
                unique.computeIfAbsent(line.group(), group -> new ArrayList<>()).add(line);
            case HELD ->
                held.computeIfAbsent(compared(line), same -> new HashSet<>()).add(line.value());
            case CLAIMED -> claimed.add(line);
            case PARENT -> parents.add(line);
            case USED -> {
                if (acyclic.contains(place(line.table(), line.path()))) {
                    haveChildren.add(node(line));
                }
            }
            case DEFINED, OUTSIDE, LOGGED, PRESENT, KNOWN, SEEN -> {}
        }
    }

    /** Writes what was found, if the plan has checks. */
    public void write(Documents documents, RunFolder folder, int partition) {
        if (plan.tables().stream().allMatch(table -> table.checks().isEmpty())) {
            return;
        }
        var key = new ObjectKey("%s%05d.jsonl.gz".formatted(Findings.joined(folder), partition));
        documents.putBytes(key, GzippedLines.of(findings()));
        documents.put(compared(folder, partition), new Compared(compared()));
        if (anyAcyclic(plan)) {
            documents.putBytes(edges(folder, partition), GzippedLines.of(inner()));
        }
    }

    private Map<String, Long> compared() {
        var checks = new TreeMap<String, Long>();
        unique.values().forEach(same -> same.forEach(line -> checks.merge(name("unique", line), 1L, Long::sum)));
        claimed.stream()
                .filter(line -> held.containsKey(compared(line)))
                .forEach(line -> checks.merge(name("agree", line), 1L, Long::sum));
        return checks;
    }

    private static String name(String check, Spilled line) {
        return name(line.table(), check, line.path());
    }

    static String name(TableName table, String check, String path) {
        return table + ".checks." + check + "." + path;
    }

    private List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        for (var same : unique.values()) {
            if (same.size() > 1) {
                same.forEach(line -> findings.add(finding(
                        CheckKind.UNIQUE,
                        line,
                        "has the same value as " + other(line, same) + others(same.size() - 2))));
            }
        }
        for (var line : claimed) {
            var there = held.get(compared(line));
            if (there != null && !there.contains(line.value())) {
                findings.add(finding(CheckKind.AGREE, line, "is not what the referenced record has in " + taken(line)));
            }
        }
        return findings;
    }

    private static String other(Spilled line, List<Spilled> same) {
        return same.stream()
                .filter(one -> !one.example().equals(line.example()))
                .findFirst()
                .orElse(line)
                .example();
    }

    private static String others(int count) {
        return count == 0 ? "" : " and " + Wording.count(count, "other record");
    }

    /** The edges whose child is itself a parent: a loop has no others. */
    private List<Spilled> inner() {
        return parents.stream()
                .filter(line -> haveChildren.contains(node(line)))
                .toList();
    }

    private Finding finding(CheckKind kind, Spilled line, String message) {
        var severity = plan.table(line.table()).checks().severity();
        return new Finding(severity, kind.id(), line.table(), line.path(), message, line.example(), 1);
    }

    private String taken(Spilled line) {
        return plan.table(line.table()).checks().agree().stream()
                .filter(one -> one.path().text().equals(line.path()))
                .map(one -> one.taken().text())
                .findFirst()
                .orElseThrow();
    }

    private static String compared(Spilled line) {
        return place(line.table(), line.path()) + "|" + line.group();
    }

    private static String place(TableName table, String path) {
        return table + "|" + path;
    }

    /** A record as a node of the graph that one reference path makes of a family. */
    static String node(Spilled line) {
        return line.path() + "|" + line.group();
    }

    static String parent(Spilled line) {
        return line.path() + "|" + line.value();
    }
}
