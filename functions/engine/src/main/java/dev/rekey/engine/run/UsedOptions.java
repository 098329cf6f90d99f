package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.core.plan.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The options of a run as a report and the history of a plan show them, beside its scope and its parameters.
 *
 * @param onFailure what becomes of a failure; empty for a run that writes nothing
 * @param table of a test
 * @param id of a test
 * @param keep of a test
 * @param sample of an analysis or a test
 * @param changes of an analysis: what it listed of each record that would change
 * @param allowWarnings whether undeclared references were allowed
 * @param deleteGone of a migration: whether it was to delete what was gone
 * @param keepGone of a migration: whether it was to keep what was gone
 * @param limits as they are now or were when the run ended
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record UsedOptions(
        Optional<OnFailure> onFailure,
        Optional<String> table,
        Optional<String> id,
        Optional<Boolean> keep,
        Optional<Integer> sample,
        Optional<ChangeDetail> changes,
        Optional<Boolean> allowWarnings,
        Optional<Boolean> deleteGone,
        Optional<Boolean> keepGone,
        Optional<Limits> limits) {
    /** The options of the run that {@code origin} describes. */
    public static UsedOptions of(Manifest.Origin origin, Limits limits) {
        var options = origin.options();
        boolean migrates = origin.action().equals(Action.MIGRATE.word());
        return new UsedOptions(
                migrates ? Optional.of(options.onFailureOrDefault()) : Optional.empty(),
                options.table(),
                options.id(),
                options.keep() ? Optional.of(true) : Optional.empty(),
                options.sample(),
                options.changes(),
                options.allowWarnings() ? Optional.of(true) : Optional.empty(),
                options.deleteGone() ? Optional.of(true) : Optional.empty(),
                options.keepGone() ? Optional.of(true) : Optional.empty(),
                limits.equals(Limits.NONE) ? Optional.empty() : Optional.of(limits));
    }

    /**
     * The options as they are typed.
     *
     * @param usual what becomes of a failure if the command says nothing; that is not an option
     */
    public List<String> words(OnFailure usual) {
        var words = new ArrayList<String>();
        table.ifPresent(name -> words.add("--table " + name));
        id.ifPresent(value -> words.add("--id " + value));
        keep.ifPresent(_ -> words.add("--keep"));
        sample.ifPresent(records -> words.add((table.isPresent() ? "--limit " : "--sample ") + records));
        changes.ifPresent(detail -> words.add(detail == ChangeDetail.VALUES ? "--changes --show-values" : "--changes"));
        allowWarnings.ifPresent(_ -> words.add("--allow-warnings"));
        deleteGone.ifPresent(_ -> words.add("--delete-gone"));
        keepGone.ifPresent(_ -> words.add("--keep-gone"));
        onFailure.filter(choice -> choice != usual).ifPresent(choice -> words.add("--on-failure " + choice.word()));
        return words;
    }
}
