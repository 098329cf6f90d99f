package dev.rekey.cli.command;

import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Stored;
import dev.rekey.engine.store.Documents;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Knows by their ids the tables that were created with this stack, from the ledgers. Reads these when it is asked. */
final class CreatedTables implements Predicate<String> {
    private static final String LEDGERS = "ledger/";
    private static final String FIRST_ENTRY = "/00000001.json";

    private final Documents documents;
    private Optional<Set<String>> known = Optional.empty();

    CreatedTables(Documents documents) {
        this.documents = documents;
    }

    @Override
    public boolean test(String id) {
        if (known.isEmpty()) {
            known = Optional.of(read());
        }
        return known.get().contains(id);
    }

    /** The first entry tells the ledger of a creation from that of a run. */
    private Set<String> read() {
        var first = documents.list(LEDGERS).stream()
                .filter(key -> key.name().endsWith(FIRST_ENTRY))
                .toList();
        return documents
                .each(
                        first,
                        key -> new Stored(
                                key, documents.bytes(key).orElseThrow().content()))
                .stream()
                .filter(stored -> CreationLedger.holds(List.of(stored)))
                .map(stored -> stored.key().folderIn(LEDGERS))
                .filter(RunId::isValid)
                .flatMap(ledger -> Stored.entries(documents, new RunId(ledger)).stream())
                .flatMap(entry ->
                        entry.decision() instanceof Decision.Created created ? created.id().stream() : Stream.empty())
                .collect(Collectors.toSet());
    }
}
