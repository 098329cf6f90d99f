package dev.rekey.engine.proof;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.ForwardingTables;
import dev.rekey.engine.store.Tables;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Workers that look wrongly for the records of apparent orphans, made as {@link BrokenRules} are. */
final class BrokenExistence {
    private static final String LINES = "/joins/analyze/";

    private BrokenExistence() {}

    /** Only the target is asked. */
    static Rules targetOnly() {
        return matching(_ -> Set.of());
    }

    /** The source is asked as it was when the analysis wrote its first page. */
    static Rules askedTooEarly() {
        var then = new ConcurrentHashMap<RunId, Set<Map<String, AttributeValue>>>();
        return (worker, objects, tables) -> {
            var matching = matching(run -> then.getOrDefault(run, Set.of()));
            var looking = new Passing(objects) {
                @Override
                public void put(ObjectKey key, byte[] content) {
                    // Others work while this one reads.
                    if (key.name().contains(LINES) && !then.containsKey(worker.run())) {
                        then.putIfAbsent(worker.run(), people(tables));
                    }
                    super.put(key, content);
                }
            };
            return matching.with(worker, looking, tables);
        };
    }

    private static Set<Map<String, AttributeValue>> people(Tables tables) {
        var all = new HashSet<Map<String, AttributeValue>>();
        Optional<Tables.Cursor> from = Optional.empty();
        do {
            var page = tables.scan(new Tables.Scan(new PhysicalTable("src-People"), 0, 1, from, 0, true));
            page.items().forEach(item -> all.add(Map.of("id", item.get("id"))));
            from = page.next();
        } while (from.isPresent());
        return all;
    }

    /** A reference that came after it was decided what is created counts as one that was there from the start. */
    static Rules lateChildRefuses() {
        return (worker, objects, tables) -> new Rules.Stores(
                new Passing(objects) {
                    @Override
                    public Optional<Stored> get(ObjectKey key) {
                        return super.get(key)
                                .map(found -> key.name().contains(LINES)
                                        ? new Stored(
                                                BrokenVerdicts.lines(
                                                        found.content(),
                                                        text -> text.replace("\"CREATE\"", "\"FAIL\"")),
                                                found.version())
                                        : found);
                    }
                },
                tables);
    }

    /** @param known what a worker finds by key once it has begun to match */
    private static Rules matching(Function<RunId, Set<Map<String, AttributeValue>>> known) {
        return (worker, objects, tables) -> {
            var begun = new AtomicBoolean();
            Predicate<Map<String, AttributeValue>> seen =
                    item -> !begun.get() || known.apply(worker.run()).contains(Map.of("id", item.get("id")));
            return new Rules.Stores(
                    new Passing(objects) {
                        @Override
                        public Listed list(String prefix, Optional<ObjectKey> startAfter) {
                            if (prefix.contains(LINES)) {
                                begun.set(true);
                            }
                            return super.list(prefix, startAfter);
                        }
                    },
                    new ForwardingTables(tables) {
                        @Override
                        public ReadAnswer read(PhysicalTable table, List<Key> keys) {
                            var answer = super.read(table, keys);
                            return table.name().equals("src-People")
                                    ? new ReadAnswer(
                                            answer.items().stream().filter(seen).toList(),
                                            answer.unprocessed(),
                                            answer.units())
                                    : answer;
                        }
                    });
        };
    }
}
