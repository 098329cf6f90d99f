package dev.rekey.engine.store;

import dev.rekey.core.item.PhysicalTable;

final class InMemoryDefinitionsTest extends TableDefinitionsContract {
    private final InMemoryDefinitions definitions = new InMemoryDefinitions();

    @Override
    protected TableDefinitions definitions() {
        return definitions;
    }

    @Override
    protected void fill(PhysicalTable table) {
        definitions.fill(table);
    }
}
