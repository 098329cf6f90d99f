package dev.rekey.core.mapping;

import dev.rekey.core.identity.Derivation;
import dev.rekey.core.identity.Families;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.TablePlan;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The identities of a table's own records, and which of them are merged into others.
 *
 * @param self the key attribute that holds them; empty if the table has none
 */
record OwnIds(Optional<KeyAttribute> self, Optional<Derivation> rule) {
    static OwnIds of(TablePlan table, TableShape source, Families families) {
        return new OwnIds(KeyRoles.self(table, source), families.find(table.family()));
    }

    Optional<OldId> of(Map<String, AttributeValue> record) {
        return self.flatMap(attribute -> Optional.ofNullable(record.get(attribute.name()))
                .map(value -> OldId.read(attribute.type(), value))
                .filter(OldId.class::isInstance)
                .map(OldId.class::cast));
    }

    boolean isMergedAway(Map<String, AttributeValue> record) {
        return rule.isPresent() && mergedId(record).isPresent();
    }

    /** What references to {@code record} hold once it is merged; empty if it is not merged away. */
    Optional<AttributeValue> survivor(Map<String, AttributeValue> record) {
        return rule.flatMap(derivation -> mergedId(record).map(derivation::newId));
    }

    private Optional<OldId> mergedId(Map<String, AttributeValue> record) {
        return rule.flatMap(
                derivation -> of(record).filter(id -> !derivation.survivor(id).equals(id)));
    }
}
