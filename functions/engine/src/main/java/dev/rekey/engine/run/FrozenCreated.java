package dev.rekey.engine.run;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.mapping.CreatedParents.Parent;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.GzippedLines;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The records that are created because others refer to them, as it was decided before anything was analyzed. */
public record FrozenCreated(List<Created> all) {
    public static final FrozenCreated NONE = new FrozenCreated(List.of());

    public FrozenCreated {
        all = List.copyOf(all);
    }

    /**
     * A record that is created.
     *
     * @param table that it belongs to, by its name in the plan
     * @param family of the table
     * @param id its own identity, an old id
     * @param record as the source would hold it, as DynamoDB JSON
     * @param from a table whose records refer to it
     * @param reference by which they do
     * @param absent whether they hold no id; otherwise they hold one that no record has
     */
    public record Created(
            TableName table,
            FamilyName family,
            OldId id,
            String record,
            TableName from,
            String reference,
            boolean absent) {
        /** @param from the table whose record needs {@code parent} */
        public static Created of(Parent parent, TableName from, boolean absent) {
            return new Created(
                    parent.table(),
                    parent.family(),
                    parent.id(),
                    TypedJson.text(parent.record()),
                    from,
                    parent.reference(),
                    absent);
        }

        public Map<String, AttributeValue> attributes() {
            return TypedJson.parse(record);
        }
    }

    /** Freezes what the run creates. Of two attempts the first decides. */
    public void freeze(Documents documents, RunFolder folder) {
        var _ = documents.createBytes(folder.created(), GzippedLines.of(all));
    }

    /** Empty until all are found. */
    public static Optional<FrozenCreated> find(Documents documents, RunFolder folder) {
        return documents.findLines(folder.created(), Created.class).map(FrozenCreated::new);
    }

    /** What the run creates as far as it is known; nothing is read of a plan that creates nothing. */
    public static FrozenCreated of(Documents documents, RunFolder folder, Plan plan) {
        return plan.creates() ? find(documents, folder).orElse(NONE) : NONE;
    }

    /** Those of one table, which the plan names. */
    public List<Created> of(TableName table) {
        return all.stream().filter(one -> one.table().equals(table)).toList();
    }

    /** Those of one family. */
    public List<Created> of(FamilyName family) {
        return all.stream().filter(one -> one.family().equals(family)).toList();
    }
}
