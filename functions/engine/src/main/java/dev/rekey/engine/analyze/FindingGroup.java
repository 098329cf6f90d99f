package dev.rekey.engine.analyze;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.document.Problem;
import java.util.List;
import java.util.Optional;

/**
 * Findings of one kind at one place.
 *
 * @param id stable, such as {@code reference.orphan}
 * @param table empty if it is about the plan and not about records
 * @param path attribute, reference path or check of the table; without a table, the place in the plan
 * @param count how many there are, exactly
 * @param message what is wrong, with the first record
 * @param hint what to do about it
 * @param records which they are; in the document, its fields stand beside the others
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FindingGroup(
        String id,
        Optional<TableName> table,
        String path,
        long count,
        String message,
        String hint,
        @JsonUnwrapped Records records) {

    /**
     * The records of a group.
     *
     * @param examples the first of them
     * @param all keys of the objects that hold all of this id begin with it: gzipped, one {@link Finding} on each line
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Records(List<Example> examples, Optional<String> all) {
        public Records {
            // An empty list is not written, so it is not read either.
            examples = examples == null ? List.of() : List.copyOf(examples);
        }
    }

    /**
     * One record.
     *
     * @param record its key in the source, as DynamoDB JSON
     */
    public record Example(String record, String message) {}

    /** The same as a problem of the plan, whose path leads to the rule that the records do not keep. */
    public Problem problem(Severity severity) {
        return new Problem(severity, id, place(), message, hint);
    }

    private String place() {
        return table.map(name -> path.isEmpty() ? "tables." + name : "tables." + name + "." + option() + path)
                .orElse(path);
    }

    private String option() {
        if (id.startsWith("check.")) {
            return id.replaceFirst("check", "checks") + ".";
        }
        if (id.startsWith("key.")) {
            return "key.";
        }
        return id.startsWith("reference.") ? "references." : "";
    }
}
