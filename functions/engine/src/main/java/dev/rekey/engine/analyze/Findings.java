package dev.rekey.engine.analyze;

import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.analyze.FindingGroup.Example;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.LineObjects;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Gathers findings: counts all, keeps a few as examples, and writes all of one id into objects of their own. */
public final class Findings {
    private static final int EXAMPLES = 20;

    private final Documents documents;
    private final RunFolder folder;
    private final Map<GroupKey, Group> groups = new LinkedHashMap<>();
    private final Map<String, LineObjects> lines = new TreeMap<>();

    private record GroupKey(Severity severity, String id, Optional<TableName> table, String path) {}

    private static final class Group {
        private final String message;
        private String hint;
        private boolean anyKept;
        private final List<Example> examples = new ArrayList<>();
        private long findings;
        private long count;

        /** @param message what the first finding says */
        Group(String message, String hint) {
            this.message = message;
            this.hint = hint;
        }

        void add(long some) {
            findings++;
            count += some;
        }

        void add(Finding finding) {
            add(finding.count());
            // What a rollback kept is told as soon as there is any: the other hint would be the wrong one for it.
            if (!anyKept && finding.keptBy().isPresent()) {
                anyKept = true;
                hint = Hints.of(finding);
            }
        }
    }

    public Findings(Documents documents, RunFolder folder) {
        this.documents = documents;
        this.folder = folder;
    }

    /** Where the findings of single records lie that one page of a segment had. */
    public static String ofRecords(RunFolder folder) {
        return folder.key("findings/records/").name();
    }

    /** Where all findings lie, in a folder for each id. */
    public static String all(RunFolder folder) {
        return folder.key("findings/all/").name();
    }

    /** Where the findings lie that take more than one record to see. */
    public static String joined(RunFolder folder) {
        return folder.key("findings/joined/").name();
    }

    /** Adds what is known of the plan or its tables. */
    public void add(Problem problem) {
        groups.computeIfAbsent(
                        new GroupKey(problem.severity(), problem.id(), Optional.empty(), problem.path()),
                        _ -> new Group(problem.message(), problem.hint()))
                .add(1);
    }

    /** Adds what is known of a record. */
    public void add(Finding finding) {
        var key = new GroupKey(finding.severity(), finding.id(), Optional.of(finding.table()), finding.path());
        var group = groups.computeIfAbsent(key, _ -> new Group(message(finding), Hints.of(finding)));
        group.add(finding);
        if (finding.namesRecord() && group.examples.size() < EXAMPLES) {
            group.examples.add(new Example(finding.record(), finding.message()));
        }
        lines.computeIfAbsent(finding.id(), id -> new LineObjects(documents, all(id)))
                .add(finding);
    }

    private static String message(Finding finding) {
        return finding.namesRecord() ? finding.message() + " in record " + finding.record() : finding.message();
    }

    /** What keeps the run from writing. */
    public List<FindingGroup> blockers() {
        return of(Severity.ERROR);
    }

    public List<FindingGroup> warnings() {
        return of(Severity.WARNING);
    }

    /** What the plan has decided. */
    public List<FindingGroup> decided() {
        return of(Severity.NOTE);
    }

    /** Writes what is not written yet. */
    public void end() {
        lines.values().forEach(LineObjects::end);
    }

    private String all(String id) {
        return all(folder) + id + "/";
    }

    /** What the first of a group says, and how many there are. */
    private static String message(GroupKey key, Group group) {
        if (key.id().equals("reference.orphan")) {
            return orphans(group) + group.message;
        }
        return group.findings == 1
                ? group.message
                : group.message + " (" + Wording.count(group.count, counted(key)) + " in total)";
    }

    private static String orphans(Group group) {
        if (group.count == 1) {
            return "1 reference ";
        }
        var references = Wording.count(group.count, "reference");
        return group.findings == 1
                ? references + " with the same id point to no record; the first "
                : references + " with " + Wording.count(group.findings) + " ids point to no record; the first ";
    }

    /** What the findings of one group count. */
    private static String counted(GroupKey key) {
        if (key.table().isEmpty()) {
            return "problem";
        }
        return key.id().equals(CompositeKeys.ID) ? "value" : "record";
    }

    private List<FindingGroup> of(Severity severity) {
        return groups.entrySet().stream()
                .filter(one -> one.getKey().severity() == severity)
                .map(one -> found(one.getKey(), one.getValue()))
                .toList();
    }

    private FindingGroup found(GroupKey key, Group group) {
        return new FindingGroup(
                key.id(),
                key.table(),
                key.path(),
                group.count,
                message(key, group),
                group.hint,
                new FindingGroup.Records(
                        List.copyOf(group.examples), key.table().map(table -> all(key.id()))));
    }
}
