package dev.rekey.engine.workflow;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.Key;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.mapping.ReferenceUse;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.Reference;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.earlier.EarlierRun;
import dev.rekey.engine.log.Logged;
import dev.rekey.engine.log.Operation;
import dev.rekey.engine.run.Manifest.Shapes;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.store.Documents;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Which ids an earlier run has given others, as its undo log shows it and as far as that was not taken back. The log of a
 * copy holds no references: of those, it shows the records alone.
 *
 * @param then the run
 * @param tables of the plan as they are now: what the run wrote to other tables does not count
 */
record RewrittenIds(EarlierRun run, RunContext then, Map<TableName, Shapes> tables) {
    static RewrittenIds of(Documents documents, EarlierRun run, Map<TableName, Shapes> tables) {
        return new RewrittenIds(run, new FrozenRuns().withoutOrphans(documents, run.id()), tables);
    }

    /** Those of {@code asked} under which the run copied records. */
    Set<OldId> copied(FamilyName family, Set<OldId> asked) {
        return among(
                asked,
                table -> table.family().equals(family) && !table.isInPlace(),
                table -> identities(then.mappingOfUnmerged(table.name().named())));
    }

    /** Those of {@code asked} that the keys of records held which the run copied. */
    Set<OldId> inKeys(FamilyName family, Set<OldId> asked) {
        var found = copied(family, asked);
        found.addAll(among(
                asked,
                table -> !table.isInPlace() && KeyRoles.families(table).anyMatch(family::equals),
                table -> references(then.mappingOfUnmerged(table.name().named()), family)));
        return found;
    }

    /** Those of {@code asked} whose records the run marked as merged. */
    Set<OldId> marked(FamilyName family, Set<OldId> asked) {
        return among(
                asked,
                table -> table.family().equals(family) && table.name().isMergedAway(),
                table -> identities(then.mappingOfUnmerged(table.name().named())));
    }

    /** Those of {@code asked} in whose place others were written, in references of records that stay. */
    Set<OldId> replaced(FamilyName family, Set<OldId> asked) {
        return written(family, asked, reference -> reference.as().isEmpty());
    }

    /** The same, and those beside which others were written. */
    Set<OldId> written(FamilyName family, Set<OldId> asked) {
        return written(family, asked, _ -> true);
    }

    private Set<OldId> written(FamilyName family, Set<OldId> asked, Predicate<Reference> which) {
        Predicate<Reference> of = reference -> reference.family().equals(family) && which.test(reference);
        return among(
                asked,
                table -> table.isInPlace() && table.references().stream().anyMatch(of),
                table -> written(
                        then.mappingOfUnmerged(table.name().named()),
                        family,
                        table.references().stream().filter(of).toList()));
    }

    /** Reads the log of these tables until all of {@code asked} are found. */
    private Set<OldId> among(
            Set<OldId> asked,
            Predicate<TablePlan> which,
            Function<TablePlan, BiFunction<Key, Logged, Set<OldId>>> showing) {
        var found = new HashSet<OldId>();
        for (var name : then.manifest().tables().keySet()) {
            var table = then.table(name);
            if (which.test(table) && isStill(name)) {
                var shown = showing.apply(table);
                var pages = run.standing(name).iterator();
                while (found.size() < asked.size() && pages.hasNext()) {
                    pages.next()
                            .forEach((key, logged) -> shown.apply(key, logged).stream()
                                    .filter(asked::contains)
                                    .forEach(found::add));
                }
            }
        }
        return found;
    }

    private boolean isStill(TableName table) {
        var now = tables.get(table.named());
        return now != null && run.knew(table, now);
    }

    private static BiFunction<Key, Logged, Set<OldId>> identities(RecordMapping mapping) {
        return (_, logged) -> {
            var ids = new HashSet<OldId>();
            logged.oldKeys().forEach(key -> mapping.ownId(key.attributes()).ifPresent(ids::add));
            return ids;
        };
    }

    /** The ids in keys of source records. */
    private static BiFunction<Key, Logged, Set<OldId>> references(RecordMapping mapping, FamilyName family) {
        return (_, logged) -> {
            var ids = new HashSet<OldId>();
            for (var key : logged.oldKeys()) {
                for (var use : mapping.references(key.attributes())) {
                    if (use instanceof ReferenceUse.Used(var _, var of, var id, var _) && of.equals(family)) {
                        ids.add(id);
                    }
                }
            }
            return ids;
        };
    }

    /** The ids of references that an update wrote, or beside which it wrote. */
    private static BiFunction<Key, Logged, Set<OldId>> written(
            RecordMapping mapping, FamilyName family, List<Reference> references) {
        return (key, logged) -> {
            var ids = new HashSet<OldId>();
            if (logged.operation() instanceof Operation.Update update) {
                for (var use : mapping.references(before(key, update))) {
                    if (use instanceof ReferenceUse.Used(var path, var of, var id, var _)
                            && of.equals(family)
                            && references.stream()
                                    .filter(one -> one.path().text().equals(path))
                                    .anyMatch(one -> update.touched().containsKey(written(one)))) {
                        ids.add(id);
                    }
                }
            }
            return ids;
        };
    }

    /** What the log knows of the record as it was before the run. */
    private static Map<String, AttributeValue> before(Key key, Operation.Update update) {
        var before = new HashMap<>(key.attributes());
        update.read().forEach((name, value) -> value.ifPresent(there -> before.put(name, there)));
        update.touched().forEach((name, one) -> one.before().ifPresent(there -> before.put(name, there)));
        return before;
    }

    private static String written(Reference reference) {
        return reference
                .as()
                .map(Reference.Beside::attribute)
                .orElseGet(() -> reference.path().steps().getFirst() instanceof Step.Field(var name) ? name : "");
    }
}
