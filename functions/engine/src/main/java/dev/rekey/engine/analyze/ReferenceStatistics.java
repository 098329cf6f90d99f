package dev.rekey.engine.analyze;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What stands at one reference that the plan declares, in the records that migrate.
 *
 * @param table that holds the reference
 * @param path of the reference; the name of a key attribute
 * @param family that is referred to
 * @param values how many there are, without null and {@code ""}
 * @param distinct how many of them are different
 * @param empty how many are null or {@code ""}
 * @param orphans how many values refer to no record that migrates and none that is in the target
 * @param outsideFilter how many of these orphans refer to a record that is in the source, but that the plan leaves out
 *     or that has expired
 * @param examples the first of the orphans
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ReferenceStatistics(
        TableName table,
        String path,
        FamilyName family,
        OnOrphan onOrphan,
        long values,
        long distinct,
        long empty,
        long orphans,
        long outsideFilter,
        List<Example> examples,
        Optional<Integer> sampled) {

    /**
     * An orphan.
     *
     * @param id that has no record, as text
     * @param record key of a record that holds it, as DynamoDB JSON
     */
    public record Example(String id, String record) {}
}
