package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was asked for beside the plan when a run was started. It is frozen with the run, so that a resumed run does what
 * was asked for at first.
 *
 * @param onFailure empty if not given
 * @param table of a test: whose record, by the plan's name
 * @param id of a test: which record; empty for any
 * @param keep of a test: whether the records stay
 * @param sample of an analysis: at most so many records of each table are read, empty for all; of a test: so many records
 *     of the table are tested, empty for one
 * @param scope the part of the plan that is worked on
 * @param parameters values that take the place of those in the plan, by name, as they were typed
 * @param changes of an analysis: what it lists of each record that would change; empty for no list
 * @param allowWarnings whether references that no record has, and ids without a declared reference, only warn
 * @param deleteGone of a migration: whether it deletes what the newest verification of the plan lists as gone
 * @param keepGone of a migration: whether this is kept, and named no more
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RunOptions(
        Optional<OnFailure> onFailure,
        Optional<String> table,
        Optional<String> id,
        boolean keep,
        Optional<Integer> sample,
        Scope scope,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> parameters,
        Optional<ChangeDetail> changes,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean allowWarnings,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean deleteGone,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean keepGone) {
    public static final RunOptions NOTHING = within(Scope.ALL);

    public RunOptions {
        // Where there are none, none are written.
        parameters = parameters == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    /** Asks for a part of the plan, and nothing else. */
    public static RunOptions within(Scope scope) {
        return new RunOptions(Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.empty(), scope);
    }

    /** Asks for no sample, and for the whole plan. */
    public RunOptions(Optional<OnFailure> onFailure, Optional<String> table, Optional<String> id, boolean keep) {
        this(onFailure, table, id, keep, Optional.empty(), Scope.ALL);
    }

    /** Gives no parameters. */
    public RunOptions(
            Optional<OnFailure> onFailure,
            Optional<String> table,
            Optional<String> id,
            boolean keep,
            Optional<Integer> sample,
            Scope scope) {
        this(onFailure, table, id, keep, sample, scope, Map.of());
    }

    /** Lists no changes. */
    public RunOptions(
            Optional<OnFailure> onFailure,
            Optional<String> table,
            Optional<String> id,
            boolean keep,
            Optional<Integer> sample,
            Scope scope,
            Map<String, String> parameters) {
        this(onFailure, table, id, keep, sample, scope, parameters, Optional.empty(), false, false, false);
    }

    /** The same, and the analysis lists the changes. */
    public RunOptions listing(Optional<ChangeDetail> detail) {
        return new RunOptions(
                onFailure, table, id, keep, sample, scope, parameters, detail, allowWarnings, deleteGone, keepGone);
    }

    /** The same; what the plan may have forgotten to declare keeps the run from nothing if {@code whether}. */
    public RunOptions allowingWarnings(boolean whether) {
        return new RunOptions(
                onFailure, table, id, keep, sample, scope, parameters, changes, whether, deleteGone, keepGone);
    }

    /** The same; what the newest verification of the plan lists as gone is deleted if {@code whether}. */
    public RunOptions deletingGone(boolean whether) {
        return new RunOptions(
                onFailure, table, id, keep, sample, scope, parameters, changes, allowWarnings, whether, keepGone);
    }

    /** The same; what the newest verification of the plan lists as gone is kept if {@code whether}, and named no more. */
    public RunOptions keepingGone(boolean whether) {
        return new RunOptions(
                onFailure, table, id, keep, sample, scope, parameters, changes, allowWarnings, deleteGone, whether);
    }

    /** What an analysis has read of a table, for sentences: {@code the table} or {@code the sample}. */
    public String read() {
        return sample.isPresent() ? "the sample" : "the table";
    }

    /** What to do after a failure. */
    public OnFailure onFailureOrDefault() {
        return onFailure.orElse(OnFailure.USUAL);
    }

    /** The same; what becomes of a failure is {@code otherwise} if nobody said. */
    public RunOptions orOnFailure(OnFailure otherwise) {
        var decided = onFailure.or(() -> Optional.of(otherwise));
        return new RunOptions(
                decided, table, id, keep, sample, scope, parameters, changes, allowWarnings, deleteGone, keepGone);
    }

    /** The same, with what {@code later} says of failures, if it says anything. */
    public RunOptions resumedWith(RunOptions later) {
        var decided = later.onFailure.or(() -> onFailure);
        return new RunOptions(
                decided, table, id, keep, sample, scope, parameters, changes, allowWarnings, deleteGone, keepGone);
    }
}
