package dev.rekey.engine.analyze;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What stands at one reference that the plan declares, in the records that migrate. The JSON document has the fields of
 * all parts side by side.
 *
 * @param examples the first of the orphans
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ReferenceStatistics(
        @JsonUnwrapped Declared declared,
        @JsonUnwrapped Values counted,
        List<Example> examples,
        Optional<Integer> sampled) {

    /**
     * A reference that the plan declares.
     *
     * @param table that holds the reference
     * @param path of the reference; the name of a key attribute, where it is one
     * @param family that is referred to
     */
    public record Declared(TableName table, String path, FamilyName family, OnOrphan onOrphan) {}

    /**
     * The values of a reference.
     *
     * @param values how many there are, without null and {@code ""}, with those that {@code onAbsent} gives
     * @param distinct how many of them are different
     * @param empty how many are null or {@code ""}, or are given by {@code onAbsent}
     * @param orphans how many values refer to no record that migrates and none that is in the target
     * @param outsideFilter how many of these orphans refer to a record that is in the source, but that the plan leaves
     *     out or that has expired
     */
    public record Values(long values, long distinct, long empty, long orphans, long outsideFilter) {}

    /**
     * An orphan.
     *
     * @param id that has no record, as text
     * @param record key of a record that holds it, as DynamoDB JSON
     */
    public record Example(String id, String record) {}
}
