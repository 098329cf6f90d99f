package dev.rekey.engine.tables;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.store.TableDefinition;
import dev.rekey.engine.tables.SchemaDifference.Remedy;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;

/**
 * A physical table beside what the plan needs of it.
 *
 * @param tables of the plan that it is the table of; none for a further table of the target
 * @param wanted empty if it is not known: the source has no such table
 * @param found empty if there is no such table
 * @param creatable indexes that can be added to the table that is there
 * @param completable options that can be turned on: an earlier creation made the table and did not come to them
 */
public record ComparedTable(
        PhysicalTable table,
        Role role,
        List<TableName> tables,
        Optional<TableDefinition> wanted,
        Optional<TableDefinition> found,
        List<SchemaDifference> differences,
        List<GlobalSecondaryIndex> creatable,
        List<TableOption> completable) {
    /** Of a table of which nothing is created or turned on. */
    ComparedTable(
            PhysicalTable table,
            Role role,
            List<TableName> tables,
            Optional<TableDefinition> wanted,
            Optional<TableDefinition> found,
            List<SchemaDifference> differences) {
        this(table, role, tables, wanted, found, differences, List.of(), List.of());
    }

    /** What CreateTable does not take, and is turned on afterwards. */
    public enum TableOption {
        TIME_TO_LIVE,
        RECOVERY
    }

    /** What the table is to the plan. */
    public enum Role {
        TARGET("target"),
        IN_PLACE("inPlace"),
        FURTHER("further");

        private final String word;

        Role(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public boolean isRefused() {
        return differences.stream().anyMatch(difference -> difference.remedy() == Remedy.REFUSED);
    }

    /** Whether the table itself is to be created. */
    boolean isToBeCreated() {
        return role != Role.IN_PLACE && found.isEmpty() && wanted.isPresent();
    }
}
