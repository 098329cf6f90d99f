package dev.rekey.engine.proof;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.store.ForwardingTables;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.store.Tables.Expected;
import dev.rekey.engine.store.Tables.Update;
import dev.rekey.engine.store.Tables.WriteOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tables in memory that do one thing wrongly. */
enum WrongTables {
    PUTS_OVER_WHAT_IS_THERE(Where.COPIES, tables -> puttingOver(tables, Expected.Absent.class::isInstance)),
    PUTS_OVER_OTHER_ATTRIBUTES(Where.COPIES, tables -> puttingOver(tables, Expected.Attributes.class::isInstance)),
    DELETES_WHAT_HAS_OTHER_ATTRIBUTES(Where.COPIES, WrongTables::deleting),
    UPDATES_OTHER_VALUES(Where.IN_PLACE, tables -> updating(tables, (_, expected) -> expected.isEmpty())),
    UPDATES_WHAT_SHOULD_BE_ABSENT(Where.IN_PLACE, tables -> updating(tables, (_, expected) -> expected.isPresent())),
    UPDATES_WHATEVER_WAS_READ(Where.IN_PLACE, tables -> new ForwardingTables(tables) {
        @Override
        public WriteOutcome update(Update update) {
            return tables.update(expecting(
                    update,
                    (name, _) ->
                            update.set().containsKey(name) || update.remove().contains(name)));
        }
    }),
    FORGETS_THE_OLD_IMAGE_OF_A_PUT(Where.COPIES, tables -> new ForwardingTables(tables) {
        @Override
        public WriteOutcome put(PhysicalTable table, Map<String, AttributeValue> item, Expected expected) {
            return withoutOld(tables.put(table, item, expected));
        }
    }),
    FORGETS_THE_OLD_IMAGE_OF_AN_UPDATE(Where.IN_PLACE, tables -> new ForwardingTables(tables) {
        @Override
        public WriteOutcome update(Update update) {
            return withoutOld(tables.update(update));
        }
    }),
    FORGETS_WHAT_IT_FOUND(Where.IN_PLACE, tables -> new ForwardingTables(tables) {
        @Override
        public WriteOutcome update(Update update) {
            return tables.update(update) instanceof WriteOutcome.ConditionFailed failed
                    ? new WriteOutcome.ConditionFailed(Optional.empty(), failed.units())
                    : tables.update(update);
        }
    }),
    LOSES_ONE_OF_A_BATCH(Where.COPIES, tables -> new ForwardingTables(tables) {
        @Override
        public WriteAnswer putAll(PhysicalTable table, List<Map<String, AttributeValue>> items) {
            return items.size() == 1
                    ? tables.putAll(table, items)
                    : tables.putAll(table, items.subList(1, items.size()));
        }
    }),
    KEEPS_ONE_OF_A_BATCH(Where.EXCLUSIVE, tables -> new ForwardingTables(tables) {
        @Override
        public DeleteAnswer deleteAll(PhysicalTable table, List<Key> keys) {
            return keys.size() == 1
                    ? tables.deleteAll(table, keys)
                    : tables.deleteAll(table, keys.subList(1, keys.size()));
        }
    }),
    READS_ONE_TOO_FEW(Where.COPIES, tables -> new ForwardingTables(tables) {
        @Override
        public ReadAnswer read(PhysicalTable table, List<Key> keys) {
            var answer = tables.read(table, keys);
            return new ReadAnswer(withoutLast(answer.items()), answer.unprocessed(), answer.units());
        }
    }),
    GIVES_ONE_TOO_FEW_IN_A_QUERY(Where.COPIES, tables -> new ForwardingTables(tables) {
        @Override
        public Scanned query(Query query) {
            var page = tables.query(query);
            return new Scanned(withoutLast(page.items()), page.next(), page.units());
        }
    }),
    GIVES_ONE_TOO_FEW_IN_A_SCAN(Where.COPIES, tables -> new ForwardingTables(tables) {
        @Override
        public Scanned scan(Scan scan) {
            var page = tables.scan(scan);
            return new Scanned(withoutLast(page.items()), page.next(), page.units());
        }
    });

    /** Where it happens. */
    enum Where {
        COPIES,
        /** In a rollback while nobody else writes. */
        EXCLUSIVE,
        IN_PLACE
    }

    private final Where where;

    @SuppressWarnings("ImmutableEnumChecker") // They capture nothing.
    private final Function<Tables, Tables> wrong;

    WrongTables(Where where, Function<Tables, Tables> wrong) {
        this.where = where;
        this.wrong = wrong;
    }

    Where where() {
        return where;
    }

    Tables of(Tables tables) {
        return wrong.apply(tables);
    }

    private static Tables puttingOver(Tables tables, Predicate<Expected> ignored) {
        return new ForwardingTables(tables) {
            @Override
            public WriteOutcome put(PhysicalTable table, Map<String, AttributeValue> item, Expected expected) {
                return switch (tables.put(table, item, expected)) {
                    case WriteOutcome.ConditionFailed failed
                    when ignored.test(expected) ->
                        new WriteOutcome.Done(
                                failed.found(),
                                tables.putAll(table, List.of(item)).units());
                    case WriteOutcome outcome -> outcome;
                };
            }
        };
    }

    private static Tables deleting(Tables tables) {
        return new ForwardingTables(tables) {
            @Override
            public WriteOutcome delete(PhysicalTable table, Key key, Expected expected) {
                return switch (tables.delete(table, key, expected)) {
                    case WriteOutcome.ConditionFailed failed ->
                        new WriteOutcome.Done(
                                failed.found(),
                                tables.deleteAll(table, List.of(key)).units());
                    case WriteOutcome outcome -> outcome;
                };
            }
        };
    }

    /** @param kept which of the expectations hold it back */
    private static Tables updating(Tables tables, BiPredicate<String, Optional<AttributeValue>> kept) {
        return new ForwardingTables(tables) {
            @Override
            public WriteOutcome update(Update update) {
                return tables.update(expecting(update, kept));
            }
        };
    }

    private static Update expecting(Update update, BiPredicate<String, Optional<AttributeValue>> kept) {
        var expected = new HashMap<>(update.expected());
        expected.entrySet().removeIf(one -> !kept.test(one.getKey(), one.getValue()));
        return new Update(update.table(), update.key(), expected, update.set(), update.remove());
    }

    private static WriteOutcome withoutOld(WriteOutcome outcome) {
        return outcome instanceof WriteOutcome.Done done
                ? new WriteOutcome.Done(Optional.empty(), done.units())
                : outcome;
    }

    private static <T> List<T> withoutLast(List<T> all) {
        return all.isEmpty() ? all : all.subList(0, all.size() - 1);
    }
}
