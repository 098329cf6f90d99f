package dev.rekey.engine.analyze;

import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.LineChecks;
import dev.rekey.engine.join.Spilled;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.LineObjects;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Judges the lines of checks that meet in one partition: values that should be unique, and pairs that should agree. Of
 * the edges from child to parent, only those go on to {@link Ancestors} that can be part of a loop. Holds something for
 * each value and each record that others are compared with, nothing for those that are compared.
 */
public final class JoinedChecks implements LineChecks {
    private final Plan plan;
    private final Documents documents;
    private final RunFolder folder;
    private final int partition;
    private final LineObjects findings;
    private final LineObjects edges;
    private final Map<String, Same> unique = new HashMap<>();
    private final Map<String, Set<String>> held = new HashMap<>();
    /** References along which no loop may be. */
    private final Set<String> acyclic = new HashSet<>();
    /** Nodes that are somebody's parent. */
    private final Set<String> haveChildren = new HashSet<>();

    private final Map<String, Long> compared = new TreeMap<>();
    private boolean repeated;
    private boolean claimed;
    private boolean parents;

    public JoinedChecks(Plan plan, Documents documents, RunFolder folder, int partition) {
        this.plan = plan;
        this.documents = documents;
        this.folder = folder;
        this.partition = partition;
        this.findings = new LineObjects(documents, Findings.joined(folder) + "%05d-".formatted(partition));
        this.edges = new LineObjects(documents, edges(folder, partition));
        plan.tables()
                .forEach(table ->
                        table.checks().acyclic().forEach(path -> acyclic.add(place(table.name(), path.text()))));
    }

    /** Records that have the same values: how many, and two of them. */
    private record Same(long count, String first, String second) {
        Same and(String record) {
            return new Same(count + 1, first, count == 1 ? record : second);
        }
    }

    /** Where the edges of a partition lie that can be part of a loop: keys begin so. */
    static String edges(RunFolder folder, int partition) {
        return folder.key("matches/analyze/%05d-edges-".formatted(partition)).name();
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
    public void first(Spilled line) {
        switch (line) {
            case Spilled.Unique values -> {
                compared.merge(name("unique", values), 1L, Long::sum);
                var one = new Same(1, values.record(), values.record());
                repeated |= unique.merge(values.group(), one, (same, _) -> same.and(values.record()))
                                .count()
                        > 1;
            }
            case Spilled.Held value ->
                held.computeIfAbsent(compared(value), _ -> new HashSet<>()).add(value.value());
            case Spilled.Claimed _ -> claimed = true;
            case Spilled.Parent _ -> parents = true;
            case Spilled.Used use -> {
                if (acyclic.contains(place(use.at().table(), use.at().path()))) {
                    haveChildren.add(node(use.at().path(), use.group()));
                }
            }
            case Spilled.Defined _,
                    Spilled.Outside _,
                    Spilled.Orphaned _,
                    Spilled.Removed _,
                    Spilled.OfKey _,
                    Spilled.Wrote _,
                    Spilled.Deleted _,
                    Spilled.Hashed _ -> {}
        }
    }

    @Override
    public boolean lookAgain() {
        return repeated || (claimed && !held.isEmpty()) || (parents && !haveChildren.isEmpty());
    }

    @Override
    public void again(Spilled line) {
        switch (line) {
            case Spilled.Unique values -> repeated(values, unique.get(values.group()));
            case Spilled.Claimed value -> {
                var there = held.get(compared(value));
                if (there != null) {
                    claimed(value, there);
                }
            }
            case Spilled.Parent edge -> {
                // An edge whose child is no record's parent is part of no cycle.
                if (haveChildren.contains(node(edge))) {
                    edges.add(edge);
                }
            }
            case Spilled.Held _,
                    Spilled.Defined _,
                    Spilled.Outside _,
                    Spilled.Referring _,
                    Spilled.OfKey _,
                    Spilled.Wrote _,
                    Spilled.Deleted _,
                    Spilled.Hashed _ -> {}
        }
    }

    private void repeated(Spilled.Unique line, Same same) {
        if (same.count() > 1) {
            var other = same.first().equals(line.record()) ? same.second() : same.first();
            if (line.path().equals(RecordChecks.NEW_KEY)) {
                findings.add(new Finding(
                        Severity.ERROR,
                        "key.coincides",
                        line.table(),
                        "key",
                        "gets the same key as " + other + others(same.count() - 2),
                        line.record(),
                        1));
                return;
            }
            if (line.path().equals(RecordChecks.KEY_IN_FILES)) {
                findings.add(new Finding(
                        Severity.ERROR,
                        "file.duplicate-key",
                        line.table(),
                        line.record(),
                        "has the same key as " + other + others(same.count() - 2),
                        Finding.NO_RECORD,
                        1));
                return;
            }
            var message = "has the same value as " + other + others(same.count() - 2);
            findings.add(finding(CheckKind.UNIQUE, line, message));
        }
    }

    private void claimed(Spilled.Claimed line, Set<String> there) {
        compared.merge(name("agree", line), 1L, Long::sum);
        if (!there.contains(line.value())) {
            findings.add(
                    finding(CheckKind.AGREE, line, "differs from the referenced record's value in " + taken(line)));
        }
    }

    /** Writes what was found, if the plan has checks. */
    public void write() {
        findings.end();
        if (plan.tables().stream().allMatch(table -> table.checks().isEmpty())) {
            return;
        }
        documents.put(compared(folder, partition), new Compared(compared));
        if (anyAcyclic(plan)) {
            edges.end();
        }
    }

    private static String name(String check, Spilled.Checked line) {
        return name(line.table(), check, line.path());
    }

    static String name(TableName table, String check, String path) {
        return table + ".checks." + check + "." + path;
    }

    private static String others(long count) {
        return count == 0 ? "" : " and " + Wording.count(count, "other record");
    }

    private Finding finding(CheckKind kind, Spilled.Checked line, String message) {
        var severity = plan.table(line.table()).checks().severity();
        return new Finding(severity, kind.id(), line.table(), line.path(), message, line.record(), 1);
    }

    private String taken(Spilled.Claimed line) {
        return plan.table(line.table()).checks().agree().stream()
                .filter(one -> one.path().text().equals(line.path()))
                .map(one -> one.taken().text())
                .findFirst()
                .orElseThrow();
    }

    private static String compared(Spilled.Checked line) {
        return place(line.table(), line.path()) + "|" + line.group();
    }

    private static String place(TableName table, String path) {
        return table + "|" + path;
    }

    /** A record as a node of the graph that one reference path makes of a family. */
    static String node(Spilled.Parent edge) {
        return node(edge.path(), edge.group());
    }

    static String parent(Spilled.Parent edge) {
        return node(edge.path(), edge.parent());
    }

    private static String node(String path, String group) {
        return path + "|" + group;
    }
}
