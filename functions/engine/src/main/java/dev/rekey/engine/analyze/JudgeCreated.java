package dev.rekey.engine.analyze;

import dev.rekey.core.identity.Identity;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.mapping.Kinds;
import dev.rekey.core.mapping.UnmappableException;
import dev.rekey.core.plan.Creates;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.earlier.EarlierRuns;
import dev.rekey.engine.join.FamilyRecords;
import dev.rekey.engine.join.Spilled;
import dev.rekey.engine.run.FrozenCreated;
import dev.rekey.engine.run.FrozenCreated.Created;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.GzippedLines;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decides which records are created because others refer to them, and freezes it into the run. What stands in the way is a
 * finding of the analysis that follows.
 */
public final class JudgeCreated {
    private final Documents documents;
    private final RunContext run;
    private final FamilyRecords existing;
    private final Function<TableName, CreatedCandidates> needs;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param run knows all merges
     * @param needs what records of a physical table need
     */
    public JudgeCreated(
            Documents documents, RunContext run, FamilyRecords existing, Function<TableName, CreatedCandidates> needs) {
        this.needs = needs;
        this.documents = documents;
        this.run = run;
        this.existing = existing;
    }

    /** What the keys of the objects begin with that hold what is wrong with records which would be created. */
    static String findings(RunFolder folder) {
        return folder.key("findings/created/").name();
    }

    /** @return all that the run creates; nothing if it would be too much */
    public FrozenCreated judge() {
        var wanted = new Wanted();
        documents.eachLine(documents.list(run.folder().createdCandidates()), CreatedCandidate.class, wanted::add);
        wanted.withNeeded();
        var created = wanted.areTooMany() ? FrozenCreated.NONE : new FrozenCreated(missing(wanted.byId));
        created.all().forEach(one -> check(one, Optional.ofNullable(wanted.byPart.get(identity(one)))));
        documents.putBytes(new ObjectKey(findings(run.folder()) + "judged.jsonl.gz"), GzippedLines.of(findings));
        created.freeze(documents, run.folder());
        return created;
    }

    /** What the records of the source need. */
    private final class Wanted {
        private final Map<Identity, Created> byId = new LinkedHashMap<>();
        /** What records in the scope of the run need. */
        private final Map<Identity, Created> byPart = new LinkedHashMap<>();

        private final Set<List<Object>> conflicts = new HashSet<>();

        void add(CreatedCandidate candidate) {
            var one = candidate.created();
            var id = identity(one);
            boolean isMerged = run.families().isMergedAway(one.family(), one.id())
                    || candidate
                            .by()
                            .filter(by -> run.families().isMergedAway(by.family(), by.id()))
                            .isPresent();
            boolean isOfTheRun = run.manifest().tables().containsKey(one.table().created());
            if (isMerged || !isOfTheRun || areTooMany()) {
                return;
            }
            if (candidate.ofPart()) {
                byPart.putIfAbsent(id, one);
            }
            var other = byId.putIfAbsent(id, one);
            if (areTooMany()) {
                addTooMany(one);
            } else if (other != null && other.absent() != one.absent()) {
                // What some records hold already is what the others shall get.
                byId.put(id, one.absent() ? one : other);
            } else if (other != null && !other.record().equals(one.record())) {
                conflict(other, one);
            }
        }

        /** Records that are created may refer to others that have to be. */
        void withNeeded() {
            var followed = new HashSet<Identity>();
            while (followed.size() < byId.size() && !areTooMany()) {
                var open = byId.entrySet().stream()
                        .filter(one -> followed.add(one.getKey()))
                        .map(Map.Entry::getValue)
                        .collect(Collectors.groupingBy(
                                one -> run.known().table(one.table()).unit(), TreeMap::new, Collectors.toList()));
                open.forEach((unit, records) -> needs.apply(unit)
                        .of(records.stream().map(Created::attributes).toList())
                        .forEach(this::add));
            }
        }

        boolean areTooMany() {
            return byId.size() > Creates.MOST;
        }

        private void conflict(Created first, Created second) {
            if (conflicts.add(List.of(second.family(), second.id(), second.from(), second.reference()))) {
                findings.add(new Finding(
                        Severity.ERROR,
                        "create.conflict",
                        second.from(),
                        second.reference(),
                        "creates the record with other attributes than the reference %s of %s"
                                .formatted(first.reference(), first.from()),
                        key(second),
                        1));
            }
        }
    }

    private void addTooMany(Created last) {
        findings.add(new Finding(
                Severity.ERROR,
                "create.too-many",
                last.from(),
                last.reference(),
                "records of the plan need more than %,d created records".formatted(Creates.MOST),
                Finding.NO_RECORD,
                1));
    }

    /** Those that the source does not have. */
    private List<Created> missing(Map<Identity, Created> wanted) {
        var missing = new ArrayList<Created>();
        var byFamily = new LinkedHashMap<FamilyName, List<Created>>();
        wanted.values()
                .forEach(one -> byFamily.computeIfAbsent(one.family(), _ -> new ArrayList<>())
                        .add(one));
        byFamily.forEach((family, all) -> {
            var found = existing.taken(family, all.stream().map(Created::id).toList());
            all.forEach(one -> {
                if (!found.contains(one.id())) {
                    missing.add(one);
                } else if (isTaken(one)) {
                    taken(one);
                }
            });
        });
        missing.sort(Comparator.comparing(Created::table)
                .thenComparing(one -> one.id().canonical()));
        return missing;
    }

    /** Whether a derived id is that of a record which has nothing to do with it. */
    private boolean isTaken(Created one) {
        return one.absent() && one.id().type() == KeyType.N && !earlier().contains(identity(one));
    }

    /** What earlier runs of the plan have created in the source. */
    private Set<Identity> earlier() {
        var ids = new LinkedHashSet<Identity>();
        for (var earlier : EarlierRuns.of(documents, run.manifest()).all()) {
            FrozenCreated.find(documents, earlier.folder()).stream()
                    .flatMap(created -> created.all().stream())
                    .filter(one -> earlier.knew(one.table(), run.manifest()))
                    .filter(one -> run.known().table(one.table()).isInPlace())
                    .forEach(one -> ids.add(identity(one)));
        }
        return ids;
    }

    private void taken(Created one) {
        findings.add(new Finding(
                Severity.ERROR,
                "create.id-taken",
                one.from(),
                one.reference(),
                "would create a record of %s with the number %s, and another record has it"
                        .formatted(one.table(), one.id().canonical()),
                key(one),
                1));
    }

    private static Identity identity(Created one) {
        return new Identity(one.family(), one.id());
    }

    /**
     * A record that its own table does not take would never be written, and one that only another part of the plan has not by
     * this run.
     *
     * @param byPart the same, if records in the scope of the run need it
     */
    private void check(Created one, Optional<Created> byPart) {
        var record = one.attributes();
        try {
            if (!Kinds.belongs(record, run.known().table(one.table()))
                    || !run.mappingOfAll(one.table()).includes(record)) {
                outside(one, "that the plan leaves out");
            } else if (!run.mapping(one.table()).includes(record)) {
                byPart.ifPresent(needed -> outside(needed, "that is not of the part which the run works on"));
            }
        } catch (UnmappableException _) {
            // The analysis maps the record, and finds it again.
        }
    }

    private void outside(Created one, String why) {
        findings.add(new Finding(
                Severity.ERROR,
                "create.outside",
                one.from(),
                one.reference(),
                "would create a record of %s %s".formatted(one.table(), why),
                key(one),
                1));
    }

    private String key(Created one) {
        return Spilled.text(run.manifest().shapes(one.table()).source().keyOf(one.attributes()));
    }
}
