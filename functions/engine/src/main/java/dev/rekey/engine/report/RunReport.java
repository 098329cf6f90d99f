package dev.rekey.engine.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.rekey.core.item.TableDigest;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.Fingerprint;
import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.analyze.ChangeSummary;
import dev.rekey.engine.analyze.StaleIds;
import dev.rekey.engine.analyze.Survey;
import dev.rekey.engine.run.Caller;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.Failure;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.Ledger;
import dev.rekey.engine.run.MappingChange;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.UsedOptions;
import dev.rekey.engine.segment.Timeline;
import dev.rekey.engine.verify.Difference;
import dev.rekey.engine.verify.LevelResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an execution came to. The JSON document has the fields of all parts side by side.
 *
 * @param format 1
 * @param ledger the entry of the run's ledger that says how the execution ended
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RunReport(
        int format,
        @JsonUnwrapped Subject subject,
        @JsonUnwrapped Ending ending,
        @JsonUnwrapped Work work,
        @JsonUnwrapped Verified verified,
        @JsonUnwrapped OthersWork others,
        Optional<Ledger.Head> ledger) {
    public RunOutcome outcome() {
        return RunOutcome.of(ending.outcome());
    }

    /** Where the result of the run goes. */
    public ReportedMode mode() {
        return ReportedMode.of(this);
    }

    /** Where the result of {@code table} goes. */
    public ReportedMode mode(OfTable table) {
        return ReportedMode.of(this, table);
    }

    /** Whether this execution worked on the run of an earlier one. */
    public boolean worksOnEarlierRun() {
        return !subject.run().equals(subject.task());
    }

    /** What is empty is not written, so it is not read either. */
    private static <T> List<T> given(List<T> list) {
        return list == null ? List.of() : list;
    }

    private static <K, V> Map<K, V> given(Map<K, V> map) {
        return map == null ? Map.of() : map;
    }

    /**
     * What was executed.
     *
     * @param task the execution; the same as {@code run} unless it worked on an earlier run
     * @param startedBy who started this execution; empty if unknown
     * @param account that the execution ran in
     * @param region that the execution ran in
     * @param basis what the run was prepared with
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Subject(
            RunId run,
            RunId task,
            String action,
            Optional<Caller> startedBy,
            String account,
            String region,
            PlanName plan,
            @JsonUnwrapped Basis basis,
            Instant startedAt,
            Instant endedAt) {}

    /**
     * What the run was prepared with.
     *
     * @param fingerprint of the plan
     * @param mode as in the plan, {@code copy} or {@code inPlace}, or {@code mixed} if it is that of no table alone
     * @param parameters values that were given for the run in place of the plan's
     * @param scope empty for the whole plan
     * @param options beside the scope and the parameters
     * @param notes of the plan: what remains to be done by hand after a migration
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Basis(
            Fingerprint fingerprint,
            String mode,
            Map<String, String> parameters,
            Optional<Scope> scope,
            UsedOptions options,
            List<String> notes) {
        public Basis {
            parameters = given(parameters);
            notes = given(notes);
        }
    }

    /**
     * How it ended.
     *
     * @param outcome word of the {@link RunOutcome}; whether that is a failure is said by {@code error}
     * @param verdict of an analysis
     * @param message one sentence
     * @param error name of the error that ends the execution; empty if it succeeds
     * @param failure what a worker met that ended the run
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Ending(
            String outcome,
            Optional<Readiness> verdict,
            String message,
            Optional<String> error,
            Optional<Failure> failure,
            List<Problem> problems) {
        public Ending {
            problems = given(problems);
        }
    }

    /**
     * What was done.
     *
     * @param counts totals over all tables
     * @param tables level and counts of each table
     * @param checks that were made of the data, before the first write and after, with what each found
     * @param references of each table to others, with where they stand
     * @param rewritten of a migration: how many references had their ids rewritten, of each kind
     * @param frozen what ids of the run become
     * @param timelines how the stages went
     * @param survey of an analysis, also of the one that a migration began with
     * @param changes of an analysis that listed what would change
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Work(
            Map<Counted, Long> counts,
            Map<TableName, OfTable> tables,
            List<ReportedCheck> checks,
            List<ReportedReference> references,
            List<RewrittenReference> rewritten,
            @JsonUnwrapped FrozenIds frozen,
            List<Timeline> timelines,
            Optional<Survey> survey,
            Optional<ChangeSummary> changes) {
        public Work {
            counts = given(counts);
            tables = given(tables);
            checks = given(checks);
            references = given(references);
            rewritten = given(rewritten);
            timelines = given(timelines);
        }
    }

    /**
     * What ids become, as it was frozen.
     *
     * @param mappings of the families that the plan declares
     * @param merges of tables of which records are merged
     * @param created of tables in which records are created
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record FrozenIds(
            List<ReportedMapping> mappings, List<ReportedMerges> merges, List<ReportedCreated> created) {
        public FrozenIds {
            mappings = given(mappings);
            merges = given(merges);
            created = given(created);
        }
    }

    /**
     * The records that are created in one table because others refer to them.
     *
     * @param byReference how many there are for each reference, as table and path; a record that several need counts once
     * @param first some of them
     */
    public record ReportedCreated(
            TableName table, long records, Map<String, Long> byReference, List<CreatedRecord> first) {}

    /**
     * A created record.
     *
     * @param id its own, as the source would have it
     * @param reference that needs it, as table and path
     * @param absent whether the reference holds no id
     */
    public record CreatedRecord(String id, String reference, boolean absent) {}

    /**
     * The merges of one family.
     *
     * @param records how many records are merged away
     * @param byOrigin how many of them are merged for each reason
     * @param first some of them
     */
    public record ReportedMerges(
            FamilyName family, long records, Map<FrozenMerges.Origin, Long> byOrigin, List<ReportedMerge> first) {}

    /** One record that is merged away, and the record that it becomes. */
    public record ReportedMerge(String merged, String survivor, FrozenMerges.Origin origin) {}

    /**
     * What verification found.
     *
     * @param verification counts of verdicts over all tables
     * @param remaining what others changed while the run worked, and another run has to see to: the verdicts of that kind
     * @param differences the first of them, failures first
     * @param differenceFiles keys of the objects that hold all of them: gzipped, one on each line
     * @param digests of each table, whatever the order of its records; see {@link LevelResult}
     * @param stale old ids that stand in the target, of a verification that was asked for
     * @param undone what was compared after a rollback
     * @param mappingChanges what has changed in mappings since the run froze them, of a verification that was asked for
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Verified(
            Map<Counted, Long> verification,
            Map<Counted, Long> remaining,
            List<Difference> differences,
            List<String> differenceFiles,
            Map<TableName, Map<String, TableDigest>> digests,
            List<StaleIds> stale,
            Optional<ComparedUndone> undone,
            List<MappingChange> mappingChanges) {
        public Verified {
            verification = given(verification);
            remaining = given(remaining);
            differences = given(differences);
            differenceFiles = given(differenceFiles);
            digests = given(digests);
            stale = given(stale);
            mappingChanges = given(mappingChanges);
        }
    }

    /**
     * What stands in the tables after a rollback, compared with what stood there before the run.
     *
     * @param counts over all tables: {@code restored}, {@code drift}, {@code different}
     * @param tables the same of each table
     * @param different keys of the records that are different, with their tables
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record ComparedUndone(
            Map<Counted, Long> counts, Map<TableName, Map<Counted, Long>> tables, List<String> different) {
        public ComparedUndone {
            counts = given(counts);
            tables = given(tables);
            different = given(different);
        }
    }

    /**
     * What a rollback met of others' work.
     *
     * @param drift keys of records that somebody else changed, and that were left as they are
     * @param overwritten keys of records that somebody else changed, and that were put back all the same
     * @param unrestored keys of records that were to be put back all the same and could not, because another writer
     *     deleted them for example: what the run wrote in place restores attributes, not records
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record OthersWork(List<String> drift, List<String> overwritten, List<String> unrestored) {
        public OthersWork {
            drift = given(drift);
            overwritten = given(overwritten);
            unrestored = given(unrestored);
        }

        static final OthersWork NONE = new OthersWork(List.of(), List.of(), List.of());

        /** How many records are not as they were before the run. */
        public int left() {
            return drift.size() + unrestored.size();
        }
    }

    RunReport with(Ledger.Head head) {
        return new RunReport(format, subject, ending, work, verified, others, Optional.of(head));
    }

    /**
     * A reference that the plan declares.
     *
     * @param table that holds it
     * @param path in its records; of a key attribute, its name
     * @param to the table whose records it names
     */
    public record ReportedReference(TableName table, String path, TableName to) {}

    /**
     * A check that was made.
     *
     * @param check id as in the reference of problems, or {@code verifyRecords} and {@code verifyReferences}: every
     *     record is as the plan says, and every reference leads to a record
     * @param path that it is about; empty for the whole table
     * @param found how many records, references or values do not pass; the plan may allow them
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record ReportedCheck(String check, TableName table, Optional<String> path, long found) {}

    /**
     * The references at one path of a table whose ids were rewritten, as the analysis counted them.
     *
     * @param values how many there are, without those that refer to no record
     * @param distinct how many different ids there are, those that refer to no record among them
     */
    public record RewrittenReference(TableName table, String path, FamilyName family, long values, long distinct) {}

    /**
     * A mapping of old ids to new ones, as it was frozen.
     *
     * @param source what it was read from, in words
     * @param entries number of old ids
     * @param digest of the entries, whatever their order
     */
    public record ReportedMapping(FamilyName family, String source, long entries, TableDigest digest) {}

    /**
     * One table of the report.
     *
     * @param mode of the table; empty if it is that of the run
     * @param route physical names; in the document, its fields stand beside the others
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record OfTable(
            int level, Optional<String> mode, @JsonUnwrapped Decision.Route route, Map<Counted, Long> counts) {
        public OfTable {
            counts = given(counts);
        }
    }
}
