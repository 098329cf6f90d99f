package dev.rekey.engine.analyze;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.segment.Sizes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was counted of one source table. The JSON document has the fields of all parts side by side.
 *
 * @param position where the table stands in the plan
 * @param counted its records
 * @param volume their sizes
 * @param content what they hold
 * @param ids how its ids change
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TableStatistics(
        @JsonUnwrapped Position position,
        @JsonUnwrapped Records counted,
        @JsonUnwrapped Volume volume,
        @JsonUnwrapped Content content,
        Optional<Ids> ids,
        Optional<Integer> sampled) {
    public TableStatistics {
        // Reports of an earlier release have none.
        ids = ids == null ? Optional.empty() : ids;
    }

    /**
     * How the table's own ids change.
     *
     * @param before their form, such as {@code AAA-000000}; empty if there is none to be seen
     * @param after likewise; empty if a mapping decides
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Ids(String rule, Optional<String> before, Optional<String> after) {
        static Ids of(TablePlan table, KeyType type, Optional<String> before) {
            return switch (table.identity()) {
                case IdentityRule.Keep() -> new Ids("keep", before, before);
                case IdentityRule.Derive(var _, var digits) ->
                    new Ids(
                            "derive",
                            before,
                            Optional.of(
                                    switch (type) {
                                        case S -> "UUID";
                                        case N -> "up to " + Wording.count(digits.orElse(0), "digit");
                                        case B -> "16 bytes";
                                    }));
                case IdentityRule.Lookup _ -> new Ids("lookup", before, Optional.empty());
            };
        }

        /** {@code derive AAA-000000 > UUID}. */
        public String words() {
            return rule
                    + before.map(" "::concat).orElse("")
                    + after.filter(form -> !before.equals(after))
                            .map(" > "::concat)
                            .orElse("");
        }
    }

    /**
     * Where a table stands in the plan.
     *
     * @param level from 1
     * @param because the references that put the table on its level; empty on level 1
     */
    public record Position(TableName table, int level, List<Because> because) {}

    /**
     * How many records there are.
     *
     * @param records that were read
     * @param filtered how many of them the plan leaves out
     * @param unmappable how many of them cannot be migrated as the plan says
     */
    public record Records(long records, long filtered, long unmappable) {}

    /**
     * How large the records are.
     *
     * @param bytes of all that were read
     * @param targetBytes of all that migrate, after rewriting
     * @param targetSizes of those; empty if there is none
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Volume(long bytes, long targetBytes, Optional<Sizes> targetSizes) {}

    /**
     * What the records hold.
     *
     * @param attributes top-level attributes of all that were read, in order of name
     * @param attributesLeftOut how many values belong to attributes that are not listed because there are too many
     *     names; if this is not 0, the counts of those that are listed are lower bounds
     */
    public record Content(List<Attribute> attributes, long attributesLeftOut) {}

    public TableName table() {
        return position.table();
    }

    /**
     * A reference to another table.
     *
     * @param path in the records of this table; the name of a key attribute
     * @param table that is referred to
     * @param level of that table: one less than this table's, or the same if the two are in a cycle
     */
    public record Because(String path, TableName table, int level) {}

    /**
     * One top-level attribute.
     *
     * @param types how many records hold it, by DynamoDB type
     * @param missing how many records do not hold it
     */
    public record Attribute(String name, Map<String, Long> types, long missing) {}
}
