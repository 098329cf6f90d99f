package dev.rekey.engine.analyze;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.TableName;
import java.util.Optional;

/**
 * Ids of a family that stand where the plan declares no reference to it.
 *
 * @param table that holds them
 * @param path as a plan would write it
 * @param part which part of a composite string such as {@code TENANT#7#ORDER#9} they are, from 1; 0 if they are whole
 *     values
 * @param values how many values stand there, as parts or as wholes
 * @param matched how many of them are ids of the family
 * @param distinct how many different ids these are
 * @param evidence how sure that is
 * @param changes whether migration gives the family's records new ids, so that what stands here points nowhere then
 * @param estimated whether the three numbers come from a part of the values, chosen by hash
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Undeclared(
        TableName table,
        String path,
        int part,
        FamilyName family,
        long values,
        long matched,
        long distinct,
        Evidence evidence,
        boolean changes,
        boolean estimated,
        Optional<Integer> sampled) {

    /** What is wrong, for a sentence. */
    public String fact() {
        return "%s%s of %s %s ids of %s, but no reference is declared"
                .formatted(
                        estimated ? "about " : "",
                        Wording.count(matched),
                        Wording.count(values, part == 0 ? "value" : "string"),
                        part == 0 ? Wording.agree(matched, "is one of the", "are") : "have as part " + part,
                        family);
    }
}
