package dev.rekey.engine.proof;

import dev.rekey.engine.store.ForwardingTables;
import dev.rekey.engine.store.Tables;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Workers that update records in place and break a rule, made as {@link BrokenRules} are. */
final class BrokenUpdates {
    private BrokenUpdates() {}

    /** The condition says only what the attributes held that are written. */
    static Rules readsLeftOut() {
        return updating((tables, update) -> {
            var expected = new HashMap<>(update.expected());
            expected.keySet().removeIf(name -> !writes(update, name));
            return tables.update(
                    new Tables.Update(update.table(), update.key(), expected, update.set(), update.remove()));
        });
    }

    /** Attributes that were only read are written as they were read. */
    static Rules untouchedWritten() {
        return updating((tables, update) -> {
            var set = new HashMap<>(update.set());
            update.expected()
                    .forEach((name, value) ->
                            value.filter(_ -> !writes(update, name)).ifPresent(read -> set.put(name, read)));
            return tables.update(
                    new Tables.Update(update.table(), update.key(), update.expected(), set, update.remove()));
        });
    }

    /** What was done is done again, on condition of what it has left. */
    static Rules updatedTwice() {
        return updating((tables, update) -> {
            var outcome = tables.update(update);
            if (outcome instanceof Tables.WriteOutcome.Done) {
                var expected = new HashMap<>(update.expected());
                update.set().forEach((name, value) -> expected.put(name, Optional.of(value)));
                new HashSet<>(update.remove()).forEach(name -> expected.put(name, Optional.empty()));
                var _ = tables.update(
                        new Tables.Update(update.table(), update.key(), expected, update.set(), update.remove()));
            }
            return outcome;
        });
    }

    /** A condition that fails is taken for an update: what stands there counts as ours. */
    static Rules refusalForgotten() {
        return updating((tables, update) -> switch (tables.update(update)) {
            case Tables.WriteOutcome.ConditionFailed failed ->
                new Tables.WriteOutcome.Done(Optional.<Map<String, AttributeValue>>empty(), failed.units());
            case Tables.WriteOutcome.Done done -> done;
            case Tables.WriteOutcome.Throttled throttled -> throttled;
            case Tables.WriteOutcome.Unknown unknown -> unknown;
        });
    }

    private static boolean writes(Tables.Update update, String name) {
        return update.set().containsKey(name) || update.remove().contains(name);
    }

    private static Rules updating(BiFunction<Tables, Tables.Update, Tables.WriteOutcome> broken) {
        return (worker, objects, tables) -> worker.work().kind() != Platform.Kind.COPY
                ? Rules.KEPT.with(worker, objects, tables)
                : new Rules.Stores(objects, new ForwardingTables(tables) {
                    @Override
                    public WriteOutcome update(Update update) {
                        return broken.apply(tables, update);
                    }
                });
    }
}
