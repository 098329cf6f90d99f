package dev.rekey.engine.proof;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.proof.Platform.Kind;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.store.ForwardingTables;
import java.util.List;
import java.util.Optional;

/** Workers that act on decisions that have grown old, made as {@link BrokenRules} are. */
final class BrokenDecisions {
    private BrokenDecisions() {}

    /** Nobody who has come is found before references are removed. */
    static Rules arrivalsNotSeen() {
        return (worker, objects, tables) -> worker.work().kind() != Kind.COPY
                ? Rules.KEPT.with(worker, objects, tables)
                : new Rules.Stores(objects, new ForwardingTables(tables) {
                    @Override
                    public ReadAnswer read(PhysicalTable table, List<Key> keys) {
                        var answer = super.read(table, keys);
                        return new ReadAnswer(
                                answer.items().stream()
                                        .filter(item -> !List.of("p7", "p8", "p9")
                                                .contains(item.getOrDefault("id", Items.text(""))
                                                        .s()))
                                        .toList(),
                                answer.unprocessed(),
                                answer.units());
                    }
                });
    }

    /** It is not written down that somebody has come. */
    static Rules arrivalsForgotten() {
        return (worker, objects, tables) -> new Rules.Stores(
                new Passing(objects) {
                    @Override
                    public void put(ObjectKey key, byte[] content) {
                        if (!key.name().startsWith(new RunFolder(worker.run()).arrived())) {
                            super.put(key, content);
                        }
                    }
                },
                tables);
    }

    /** Workers that write do not look for merges that have ended. */
    static Rules endedForgotten() {
        return (worker, objects, tables) -> worker.work().kind() != Kind.COPY
                ? Rules.KEPT.with(worker, objects, tables)
                : new Rules.Stores(
                        new Passing(objects) {
                            @Override
                            public Optional<Stored> get(ObjectKey key) {
                                return super.get(key)
                                        .map(found -> key.name().contains("/merges-ended/")
                                                ? new Stored(
                                                        BrokenVerdicts.lines(found.content(), _ -> ""), found.version())
                                                : found);
                            }
                        },
                        tables);
    }
}
