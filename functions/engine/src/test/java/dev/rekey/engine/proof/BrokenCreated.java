package dev.rekey.engine.proof;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.store.ForwardingTables;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.List;
import java.util.Optional;

/** Workers that create records wrongly, or take them back so, made as {@link BrokenRules} are. */
final class BrokenCreated {
    /** The beginning of an id that a run has made. */
    private static final String OF_ABSENT = "[0-9a-f]{8}-(?=[0-9a-f]{4}-8)";

    private BrokenCreated() {}

    /** For absent references, every page gets a record of its own. */
    static Rules oneForEachPage() {
        return reading(Platform.Kind.OTHER, "/created-candidates/", (key, content) -> {
            var own = "%08x-".formatted(key.hashCode());
            return BrokenVerdicts.lines(content, text -> text.replaceAll(OF_ABSENT, own));
        });
    }

    /** Records are created whether others have their ids or not. */
    static Rules existingForgotten() {
        return (worker, objects, tables) -> worker.work().kind() != Platform.Kind.OTHER
                ? Rules.KEPT.with(worker, objects, tables)
                : new Rules.Stores(objects, new ForwardingTables(tables) {
                    @Override
                    public ReadAnswer read(PhysicalTable table, List<Key> keys) {
                        var answer = super.read(table, keys);
                        return table.name().matches("(src|own)-Clubs")
                                ? new ReadAnswer(List.of(), answer.unprocessed(), answer.units())
                                : answer;
                    }
                });
    }

    /** Created records are written under other ids than those that others refer to. */
    static Rules anotherId() {
        return reading(
                Platform.Kind.COPY,
                "/created.jsonl.gz",
                (_, content) -> BrokenVerdicts.lines(content, text -> text.replaceAll(OF_ABSENT, "00000000-")));
    }

    /** A rollback finds nothing on the list of what the run has created. */
    static Rules notTakenBack() {
        return reading(
                Platform.Kind.OTHER,
                "--1.json",
                (key, content) -> key.contains("/work/") ? BrokenOrders.nothing(new ObjectKey(key), content) : content);
    }

    /** A rollback does not see that others refer to what the run has created. */
    static Rules referredForgotten() {
        return reading(Platform.Kind.UNDO, "/referred/", (_, content) -> BrokenVerdicts.lines(content, _ -> ""));
    }

    /** A rollback takes references that were there before the run for those of others. */
    static Rules beforeForgotten() {
        return reading(
                Platform.Kind.UNDO, "/created-referrers/", (_, content) -> BrokenVerdicts.lines(content, _ -> ""));
    }

    /** What is read instead of what an object holds. */
    @FunctionalInterface
    private interface Misread {
        byte[] of(String key, byte[] content);
    }

    private static Rules reading(Platform.Kind kind, String objects, Misread misread) {
        return (worker, bucket, tables) -> worker.work().kind() != kind
                ? Rules.KEPT.with(worker, bucket, tables)
                : new Rules.Stores(
                        new Passing(bucket) {
                            @Override
                            public Optional<Stored> get(ObjectKey key) {
                                return super.get(key)
                                        .map(found -> key.name().contains(objects)
                                                ? new Stored(misread.of(key.name(), found.content()), found.version())
                                                : found);
                            }
                        },
                        tables);
    }
}
