package dev.rekey.engine.judge;

import dev.rekey.engine.analyze.AnalyzeSegment;
import dev.rekey.engine.analyze.Finding;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.join.Matched;
import dev.rekey.engine.join.Matched.Collision;
import dev.rekey.engine.join.Matched.Orphan;
import dev.rekey.engine.opened.FrozenOrphans;
import dev.rekey.engine.opened.OpenedRun;
import dev.rekey.engine.plan.CollisionProbability;
import dev.rekey.engine.plan.FamilyName;
import dev.rekey.engine.plan.IdentityRule;
import dev.rekey.engine.plan.OnOrphan;
import dev.rekey.engine.plan.Problem;
import dev.rekey.engine.plan.Problem.Severity;
import dev.rekey.engine.plan.Reference;
import dev.rekey.engine.plan.TablePlan;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.table.KeyType;
import dev.rekey.engine.wording.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says whether the plan fits its data, and freezes the orphans into the run. */
public final class JudgeData {
    private static final int ORPHANS_IN_REPORT = 200;
    private static final int FINDINGS_IN_REPORT = 200;

    private final Documents documents;
    private final OpenedRun run;
    private final List<Problem> problems = new ArrayList<>();

    public JudgeData(Documents documents, OpenedRun run) {
        this.documents = documents;
        this.run = run;
    }

    /** @param fromPlan problems that were known before the data was read */
    public Analysis judge(List<Problem> fromPlan) {
        problems.addAll(fromPlan);
        var tally = Tally.of(documents, run.folder(), Stage.ANALYZE);
        var matched = Matches.all(documents, run, AnalyzeSegment.JOIN);
        matched.collisions().forEach(this::collision);
        orphans(matched);
        findings();
        neverSeen(matched, tally);
        freeze(matched.orphans());
        var analysis = new Analysis(
                1,
                run.manifest().run(),
                run.plan().name(),
                run.plan().fingerprint(),
                verdict(),
                List.copyOf(problems),
                tally.byTable(),
                matched.references(),
                matched.orphans().stream().limit(ORPHANS_IN_REPORT).toList(),
                collisionProbability(tally));
        documents.put(run.folder().report(Analysis.NAME), analysis);
        return analysis;
    }

    /** For families of numbers: the ids of strings and binaries have 122 bits and more. */
    private Map<FamilyName, Double> collisionProbability(Tally tally) {
        var records = new TreeMap<FamilyName, Long>();
        for (var table : run.plan().tables()) {
            if (table.identity() instanceof IdentityRule.Derive derive
                    && derive.digits().isPresent()) {
                var counts = tally.byTable().getOrDefault(table.name(), Map.of());
                records.merge(table.family(), counts.getOrDefault("read", 0L), Long::sum);
            }
        }
        var probabilities = new TreeMap<FamilyName, Double>();
        run.families().all().forEach(family -> {
            if (family.rule() instanceof IdentityRule.Derive derive && family.type() == KeyType.N) {
                probabilities.put(
                        family.name(),
                        CollisionProbability.atMost(
                                records.getOrDefault(family.name(), 0L),
                                derive.digits().orElseThrow()));
            }
        });
        return probabilities;
    }

    private void orphans(Matched matched) {
        var byPlace = new TreeMap<String, List<Orphan>>();
        matched.orphans()
                .forEach(orphan -> byPlace.computeIfAbsent(
                                orphan.table() + "|" + orphan.path(), place -> new ArrayList<>())
                        .add(orphan));
        byPlace.values().forEach(this::orphansOfPlace);
    }

    private void orphansOfPlace(List<Orphan> orphans) {
        var first = orphans.getFirst();
        var count = orphans.stream().mapToLong(Orphan::count).sum();
        var fails = first.onOrphan() == OnOrphan.FAIL;
        problems.add(new Problem(
                fails ? Severity.ERROR : Severity.WARNING,
                "reference.orphan",
                "tables." + first.table() + ".references." + first.path(),
                "%s to no record of %s%s %s in record %s"
                        .formatted(
                                Wording.count(count, "reference") + Wording.agree(count, " points", " point"),
                                first.family(),
                                Wording.agree(count, ":", ", the first is"),
                                first.id().canonical(),
                                first.example()),
                fails
                        ? "Load the missing records, or set onOrphan of this reference to keep or removeReference."
                        : "They are treated as onOrphan says."));
    }

    private void collision(Collision collision) {
        problems.add(new Problem(
                Severity.ERROR,
                "identity.collision",
                "identity",
                "%s of %s get the same new id, the first are %s and %s"
                        .formatted(
                                Wording.count(collision.old().size(), "id"),
                                collision.family(),
                                collision.old().get(0).canonical(),
                                collision.old().get(1).canonical()),
                "Give the family more digits, or another namespace."));
    }

    private void findings() {
        var keys = documents.list(run.folder().key("findings/").name());
        int reported = 0;
        for (var key : keys) {
            for (var finding : documents.get(key, Finding[].class).value()) {
                if (reported++ < FINDINGS_IN_REPORT) {
                    problems.add(new Problem(
                            Severity.ERROR,
                            finding.id(),
                            "tables." + finding.table() + "." + finding.path(),
                            finding.message() + ", in record " + finding.record(),
                            "Correct the record in the source, or the plan."));
                }
            }
        }
    }

    private void neverSeen(Matched matched, Tally tally) {
        for (var table : run.plan().tables()) {
            if (tally.byTable().getOrDefault(table.name(), Map.of()).getOrDefault("read", 0L) > 0) {
                table.references().stream()
                        .filter(reference -> !matched.references().containsKey(place(table, reference)))
                        .forEach(reference -> neverSeen(table, reference));
            }
        }
    }

    private void neverSeen(TablePlan table, Reference reference) {
        problems.add(new Problem(
                Severity.WARNING,
                "reference.never-seen",
                "tables." + table.name() + ".references." + reference.path(),
                "no record of the table holds a value there",
                "Check the spelling of the path."));
    }

    private static String place(TablePlan table, Reference reference) {
        return table.name() + "." + reference.path();
    }

    private void freeze(List<Orphan> orphans) {
        var identities = orphans.stream()
                .map(orphan -> new FrozenOrphans.Identity(orphan.family(), orphan.id()))
                .distinct()
                .toList();
        FrozenOrphans.freeze(documents, run.folder(), identities);
    }

    private String verdict() {
        if (problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR)) {
            return Analysis.NOT_READY;
        }
        return problems.isEmpty() ? "ready" : "ready with warnings";
    }
}
