package dev.rekey.engine.analyze;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.CollisionProbability;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.Reference;
import dev.rekey.core.plan.Referred;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.forecast.GoneCopies;
import dev.rekey.engine.join.Matched;
import dev.rekey.engine.join.Matched.Collision;
import dev.rekey.engine.join.Matched.Orphan;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.segment.SegmentStatistics;
import dev.rekey.engine.segment.StageCheckpoints;
import dev.rekey.engine.segment.Tally;
import dev.rekey.engine.store.Documents;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Says whether the plan fits its data, freezes the orphans into the run, and divides what is too large for one worker of a
 * migration.
 */
public final class JudgeData {
    private static final int ORPHANS_IN_REPORT = 200;

    private final Documents documents;
    private final RunContext run;
    private final StandingOrphans standing;
    private final GoneCopies gone;
    private final int workers;
    private final Findings findings;

    /**
     * @param standing tells which orphans there are
     * @param gone what the run is to delete, for the forecast
     * @param workers that a migration has, likewise
     */
    public JudgeData(Documents documents, RunContext run, StandingOrphans standing, GoneCopies gone, int workers) {
        this.documents = documents;
        this.run = run;
        this.standing = standing;
        this.gone = gone;
        this.workers = workers;
        this.findings = new Findings(documents, run.folder());
    }

    /**
     * @param fromPlan problems that were known before the data was read
     * @param ofMerges what stands in the way of merges since they were decided
     */
    public Analysis judge(List<Problem> fromPlan, List<Finding> ofMerges) {
        fromPlan.forEach(findings::add);
        ofMerges.forEach(findings::add);
        var read = StageCheckpoints.of(documents, run.folder(), Stage.ANALYZE);
        var tally = read.tally();
        var matched = standing.settled(Matches.all(documents, run));
        matched.identities().collisions().forEach(this::collision);
        orphans(matched.identities().orphans());
        recorded(Findings.ofRecords(run.folder()));
        recorded(Findings.joined(run.folder()));
        recorded(CandidatesSegment.findings(run.folder()));
        recorded(JudgeCreated.findings(run.folder()));
        new Ancestors(documents, run).into(findings);
        emptyScope(tally);
        neverSeen(matched, tally, read.statistics());
        new DeclaredReferences(run)
                .ofOtherTables(matched, new IdsFound(run), ofForgotten())
                .forEach(findings::add);
        var survey = new Surveying(
                        run,
                        tally,
                        read.statistics(),
                        StageCheckpoints.of(documents, run.folder(), Stage.MERGE)
                                .statistics(),
                        matched,
                        FrozenMerges.of(documents, run.folder(), run.known()),
                        gone)
                .survey(workers);
        var composite = new CompositeKeys(run).findings(matched.composites());
        composite.forEach(findings::add);
        new UndeclaredIds(run, ofForgotten())
                .problems(survey.undeclared(), composite)
                .forEach(findings::add);
        findings.end();
        var analysis = new Analysis(
                1,
                new Analysis.Subject(
                        run.manifest().run(), run.plan().name(), run.plan().fingerprint()),
                Analysis.Judgement.of(findings),
                tally.byTable(),
                matched.identities().orphans().stream().limit(ORPHANS_IN_REPORT).toList(),
                collisionProbability(tally),
                survey);
        documents.put(run.folder().report(Analysis.NAME), analysis);
        if (analysis.verdict() != Readiness.NOT_READY && run.manifest().action().equals(Action.MIGRATE.word())) {
            new Dividing(documents, run.folder()).divide(read);
        }
        return analysis;
    }

    /** A part of the plan that has no record is a mistake in what was asked for. */
    private void emptyScope(Tally tally) {
        var where = run.manifest().options().scope().where();
        long selected = tally.total(Counted.READ) - tally.total(Counted.FILTERED);
        if (!where.isEmpty() && selected == 0) {
            findings.add(new Problem(
                    Severity.ERROR,
                    "scope.empty",
                    "where",
                    "No record that the plan selects has "
                            + Wording.list(where.entrySet().stream()
                                    .map(one -> one.getKey() + " = " + one.getValue())
                                    .toList())
                            + ".",
                    "Correct the attribute or the value of --where."));
        }
    }

    /** For families of numbers: the ids of strings and binaries have 122 bits and more. */
    private Map<FamilyName, Double> collisionProbability(Tally tally) {
        var records = new TreeMap<FamilyName, Long>();
        for (var table : run.plan().tables()) {
            if (table.identity() instanceof IdentityRule.Derive derive
                    && derive.digits().isPresent()) {
                var counts = tally.counts(table.name());
                records.merge(table.family(), Counted.READ.in(counts), Long::sum);
            }
        }
        var probabilities = new TreeMap<FamilyName, Double>();
        run.families().rules().forEach(rule -> {
            var family = rule.family();
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

    private void orphans(List<Orphan> orphans) {
        var refusing = standing.refusing(orphans);
        orphans.forEach(orphan -> findings.add(
                switch (orphan.onOrphan()) {
                    case KEEP, REMOVE_REFERENCE -> orphan(Severity.NOTE, orphan);
                    case FAIL -> refusing.contains(orphan) ? orphan(Severity.ERROR, orphan) : late(orphan);
                    case CREATE -> creates(orphan) ? late(orphan) : orphan(Severity.ERROR, orphan);
                }));
    }

    /** Whether the run has created what was needed from the start: not in a table that it does not work on. */
    private boolean creates(Orphan orphan) {
        return Referred.table(run.known().tables(), orphan.family())
                .filter(table ->
                        run.manifest().tables().containsKey(table.name().created()))
                .isPresent();
    }

    private static Finding orphan(Severity severity, Orphan orphan) {
        return new Finding(
                severity,
                "reference.orphan",
                orphan.table(),
                orphan.path(),
                "points to no record of %s: %s"
                        .formatted(orphan.family(), orphan.id().canonical()),
                orphan.example(),
                orphan.count());
    }

    /** Not what was there from the start: a live source refuses no run. */
    private static Finding late(Orphan orphan) {
        return new Finding(
                Severity.WARNING,
                "reference.late",
                orphan.table(),
                orphan.path(),
                orphan.onOrphan() == OnOrphan.CREATE
                        ? "needs a record of %s to be created, and came after it was decided what is created"
                                .formatted(orphan.family())
                        : "pointed to no record of %s, and the record that held the reference changed or is gone"
                                .formatted(orphan.family()),
                orphan.example(),
                orphan.count());
    }

    /** One finding for each of the records whose ids become one. */
    private void collision(Collision collision) {
        var table = run.plan().tables().stream()
                .filter(one -> one.family().equals(collision.family()))
                .findFirst()
                .orElseThrow();
        var key = KeyRoles.self(table, run.manifest().table(table.name()).source())
                .orElseThrow();
        for (var id : collision.old()) {
            var others = collision.old().stream()
                    .filter(other -> !other.equals(id))
                    .map(OldId::canonical)
                    .limit(2)
                    .toList();
            findings.add(new Finding(
                    Severity.ERROR,
                    "identity.collision",
                    table.name(),
                    key.name(),
                    "gets the same new id as " + Wording.list(others),
                    TypedJson.text(Map.of(key.name(), id.value())),
                    1));
        }
    }

    private void recorded(String prefix) {
        for (var key : documents.list(prefix)) {
            documents.eachLine(key, Finding.class, findings::add);
        }
    }

    private void neverSeen(Matched matched, Tally tally, Map<TableName, SegmentStatistics> statistics) {
        if (!run.manifest().options().scope().where().isEmpty()) {
            // That a part of the records has no value at a path says nothing of the path.
            return;
        }
        for (var table : run.plan().whole()) {
            if (Counted.READ.in(tally.counts(table.name())) > 0) {
                table.references().stream()
                        .filter(reference -> Stream.of(
                                        table.name(), table.name().created())
                                .map(name -> name + "." + reference.path())
                                .noneMatch(matched.identities().references()::containsKey))
                        .forEach(reference -> neverSeen(table, reference));
            }
        }
        var read = run.plan().whole().stream()
                .filter(table -> Counted.READ.in(tally.counts(table.name())) > 0)
                .toList();
        new IdleChecks(documents, run).of(read).forEach(findings::add);
        for (var table : read) {
            var counted = statistics.getOrDefault(table.name(), SegmentStatistics.NOTHING);
            // With very many names, not all are counted.
            if (counted.leftOut() == 0 && !counted.attributes().isEmpty()) {
                long records = Counted.READ.in(tally.counts(table.name()));
                new NamedAttributes(
                                run.manifest().options(),
                                records >= NamedAttributes.TELLING ? ofForgotten() : Severity.WARNING)
                        .neverSeen(table, counted.attributes().keySet())
                        .forEach(findings::add);
            }
        }
    }

    private void neverSeen(TablePlan table, Reference reference) {
        if (!table.checks().accepts(reference.path().text())) {
            findings.add(new Problem(
                    ofForgotten(),
                    "reference.never-seen",
                    "tables." + table.name() + ".references." + reference.path(),
                    "no record of " + run.manifest().options().read() + " has a value at this path",
                    "Check the spelling of the path, or accept it in checks."));
        }
    }

    /** Of what the plan may have forgotten: ids that nobody rewrites point nowhere after a migration. */
    private Severity ofForgotten() {
        var options = run.manifest().options();
        return options.allowWarnings() || options.sample().isPresent() ? Severity.WARNING : Severity.ERROR;
    }
}
