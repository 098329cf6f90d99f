package dev.rekey.engine.analyze;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.rekey.core.item.Wording;
import java.util.Optional;

/**
 * Ids of a family that stand where the plan declares no reference to it. The JSON document has the fields of all parts
 * side by side.
 *
 * @param evidence how sure that is
 * @param changes whether migration gives the family's records new ids, so that what stands here points nowhere then
 * @param estimated whether the counts come from a part of the values, chosen by hash
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Undeclared(
        @JsonUnwrapped IdPlace at,
        @JsonUnwrapped Matching counted,
        Evidence evidence,
        boolean changes,
        boolean estimated,
        Optional<Integer> sampled) {

    /**
     * How many values are ids.
     *
     * @param values how many values stand there, as parts or as wholes
     * @param matched how many of them are ids of the family
     * @param distinct how many different ids these are
     */
    public record Matching(long values, long matched, long distinct) {}

    /** What is wrong, for a sentence. */
    public String fact() {
        return "%s%s of %s %s ids of %s, but no reference is declared"
                .formatted(
                        estimated ? "about " : "",
                        Wording.count(counted.matched()),
                        Wording.count(counted.values(), at.part() == 0 ? "value" : "string"),
                        at.part() == 0
                                ? Wording.agree(counted.matched(), "is one of the", "are")
                                : "have as part " + at.part(),
                        at.family());
    }
}
