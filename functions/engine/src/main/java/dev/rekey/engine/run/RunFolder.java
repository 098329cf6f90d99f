package dev.rekey.engine.run;

import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.store.Objects.ObjectKey;

/** Where the objects of a run lie in the bucket. */
public record RunFolder(RunId run) {
    public static final String ALL = "runs/";
    private static final String CHECKPOINTS = "checkpoints/";

    /** Says that the run is one of a plan; runs of a plan are found by it without looking at all runs. */
    public ObjectKey ofPlan(PlanName plan) {
        return new ObjectKey(ofPlanPrefix(plan) + run.value());
    }

    /** What the keys of all runs of a plan begin with. */
    public static String ofPlanPrefix(PlanName plan) {
        return ALL + "by-plan/" + plan.value() + "/";
    }

    /** Put and deleted by those who want to know whether the bucket accepts objects. */
    public ObjectKey trial() {
        return key("trial");
    }

    /** The plan as its author wrote it. */
    public ObjectKey planAsWritten() {
        return key("plan.yaml");
    }

    public ObjectKey manifest() {
        return key("manifest.json");
    }

    public ObjectKey control() {
        return key("control.json");
    }

    public ObjectKey failure() {
        return key("failure.json");
    }

    /** What kept a worker from going on when it was last tried again. */
    public ObjectKey lastError() {
        return key("last-error.json");
    }

    public ObjectKey report(String name) {
        return key("reports/" + name);
    }

    /** The list of work items that one Distributed Map reads. */
    public ObjectKey work(String name) {
        return key("work/" + name + ".json");
    }

    public ObjectKey orphans() {
        return key("orphans.jsonl.gz");
    }

    /** What the keys of all objects begin with that name orphans of which a record was found before a reference was removed. */
    public String arrived() {
        return key("orphans-arrived/").name();
    }

    /** The records that become others, once all of them are found. */
    public ObjectKey merges() {
        return key("merges.jsonl.gz");
    }

    /** What the keys of all lists of merges begin with that no longer held. */
    public String endedMerges() {
        return key("merges-ended/").name();
    }

    /** What those begin with that say what level {@code number} leaves out; the last of them counts. */
    public String endedMerges(int number) {
        return "%s%05d/".formatted(endedMerges(), number);
    }

    /** What the execution {@code task} found before level {@code number} was written. */
    public ObjectKey endedMerges(int number, RunId task) {
        return new ObjectKey(endedMerges(number) + task + ".jsonl.gz");
    }

    /** Those of them that were known when the run was prepared. */
    public ObjectKey decidedMerges() {
        return key("merges-decided.jsonl.gz");
    }

    /** The records that are created because others refer to them, once all of them are found. */
    public ObjectKey created() {
        return key("created.jsonl.gz");
    }

    /** The target records that the run is to delete, with the keys of the source records that they were written for. */
    public ObjectKey gone() {
        return key("gone.jsonl.gz");
    }

    /** Those whose source records are gone and that somebody decided to keep when the run was started. */
    public ObjectKey keptGone() {
        return key("gone-kept.jsonl.gz");
    }

    /** What the keys of all objects begin with that say what of it the execution {@code task} still found to be gone. */
    public String stillGone(RunId task, TableName table) {
        return stillGone(task) + table + "/";
    }

    /** The same of all tables. */
    public String stillGone(RunId task) {
        return key("gone/%s/".formatted(task)).name();
    }

    /** What it found in one partition. */
    public ObjectKey stillGone(RunId task, TableName table, int partition) {
        return new ObjectKey("%s%05d.jsonl.gz".formatted(stillGone(task, table), partition));
    }

    /** What the keys of all objects begin with that say which records refer to those of it, as the execution {@code task} found. */
    public String referringToGone(RunId task) {
        return key("gone-referred/" + task.value() + "/").name();
    }

    /** What the keys of all objects begin with that hold records which may have to be created. */
    public String createdCandidates() {
        return key("created-candidates/").name();
    }

    /** What the keys of all objects begin with that say which records referred to no record before the run. */
    public String referredBefore() {
        return key("created-referrers/").name();
    }

    /** What the keys of all objects begin with that say which created records the rollback {@code task} found references to. */
    public String referred(RunId task) {
        return key("referred/" + task.value() + "/").name();
    }

    /** What the keys of all objects with records begin with that may be found to match. */
    public String mergeCandidates() {
        return key("merge-candidates/").name();
    }

    /** The same for those that the verification {@code task} finds. */
    public String mergeCandidates(RunId task) {
        return key("merge-candidates-verified/" + task + "/").name();
    }

    /** Records that match others and stay apart, since an earlier run has copied them; there is one only if there are any. */
    public ObjectKey apart() {
        return key("merges-apart.jsonl.gz");
    }

    /** Records that match others since the merges of the run were decided, with what they belonged to. */
    public ObjectKey unmerged() {
        return key("unmerged.jsonl.gz");
    }

    /** Which mappings the run was prepared with. */
    public ObjectKey mappings() {
        return key("mappings.json");
    }

    /** What the keys of all objects of one mapping begin with. */
    public String mappingPrefix(FamilyName family) {
        return key("mappings/" + family.value() + "/").name();
    }

    public ObjectKey checkpoint(Stage stage, TableName table, Segment segment) {
        return key(checkpoints(stage) + table.value() + "/" + segment.folder() + ".json");
    }

    /** What the keys of all checkpoints of a stage begin with. */
    public String checkpointPrefix(Stage stage) {
        return key(checkpoints(stage)).name();
    }

    /** What the keys of all checkpoints of all rollbacks begin with, of parts of the run too. */
    public String rollbackCheckpointPrefix() {
        return key(CHECKPOINTS + Stage.ROLLBACK.name()).name();
    }

    /** Says that a segment needs no worker any more; there is one only while the run has limits. */
    public ObjectKey finished(Stage stage, TableName table, Segment segment) {
        return new ObjectKey(finishedPrefix(stage, table) + segment.folder());
    }

    /** What the keys of all finished segments of a table begin with. */
    public String finishedPrefix(Stage stage, TableName table) {
        return finishedPrefix(stage) + table.value() + "/";
    }

    /** What the keys of all finished segments of a stage begin with. */
    public String finishedPrefix(Stage stage) {
        return key("finished/" + stage.name() + "/").name();
    }

    public ObjectKey logObject(TableName table, Segment segment, int page, int attempt) {
        return new ObjectKey("%s%08d-%04d.jsonl.gz".formatted(logPrefix(table, segment), page, attempt));
    }

    /** What an attempt at a page logs once more of some of its records. */
    public ObjectKey logSupplement(TableName table, Segment segment, int page, int attempt, int supplement) {
        return new ObjectKey(
                "%s%08d-%04d-%02d.jsonl.gz".formatted(logPrefix(table, segment), page, attempt, supplement));
    }

    /** What the keys of all pages of a segment begin with. */
    public String logPrefix(TableName table, Segment segment) {
        return logPrefix(table) + segment.folder() + "/";
    }

    /** What the keys of all pages of a table begin with. */
    public String logPrefix(TableName table) {
        return key("log/" + table.value() + "/").name();
    }

    /** What is spilled for one join; {@code name} tells the joins of a run apart. */
    public String joinPrefix(String name) {
        return key("joins/" + name + "/").name();
    }

    /** What the matching of one partition of a join found. */
    public ObjectKey match(String join, int partition) {
        return key("matches/%s/%05d.json".formatted(join, partition));
    }

    /** What the run wrote under the target keys of one partition of a level. */
    public ObjectKey written(int level, int partition) {
        return key("written/%d/%05d".formatted(level, partition));
    }

    public ObjectKey key(String name) {
        return new ObjectKey(ALL + run.value() + "/" + name);
    }

    private static String checkpoints(Stage stage) {
        return CHECKPOINTS + stage.name() + "/";
    }
}
