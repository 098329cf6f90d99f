package dev.rekey.engine.verify;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.core.identity.Identity;
import dev.rekey.core.plan.TableName;
import java.util.List;
import java.util.Optional;

/**
 * One record or reference that verification has something to say of.
 *
 * @param record key of the target record, or of the source record where there is none, as DynamoDB JSON
 * @param attributes names of the attributes that differ; of a late record that no longer fits the plan, the place where it
 *     does not, or {@link #PLACE_TAKEN}; of a gone copy that was to be deleted and stays, where references to it stand
 * @param changes where exactly, the first of them
 * @param places how many these are, if they are more than {@code changes}; of a dangling reference, how many values of this
 *     path refer to the same record, if more than one; of collided records, how many have the key; of a gone copy that was to be
 *     deleted, how many references keep it; 0 if not
 * @param refersTo of a reference, the source record that it names
 * @param onDrift whether others changed the record, and it is a failure only because the plan says {@code onDrift: fail}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Difference(
        Verdict verdict,
        TableName table,
        String record,
        List<String> attributes,
        List<Change> changes,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int places,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Identity> refersTo,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean onDrift) {
    /** Another run refuses the plan because of it: its place in the target is taken. */
    public static final String PLACE_TAKEN = "target.conflict";

    public Difference {
        // An empty list is not written, so it is not read either.
        attributes = attributes == null ? List.of() : List.copyOf(attributes);
        changes = changes == null ? List.of() : List.copyOf(changes);
        refersTo = refersTo == null ? Optional.empty() : refersTo;
    }

    public Difference(Verdict verdict, TableName table, String record, List<String> attributes) {
        this(verdict, table, record, attributes, List.of(), 0, Optional.empty(), false);
    }

    /** The same, which is a failure because of {@code onDrift} if {@code whether}. */
    Difference onDrift(boolean whether) {
        return new Difference(verdict, table, record, attributes, changes, places, refersTo, whether);
    }

    /** Whether what it says is a failure. */
    public boolean fails() {
        return verdict.isFailure();
    }
}
