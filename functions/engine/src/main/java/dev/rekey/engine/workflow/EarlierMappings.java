package dev.rekey.engine.workflow;

import dev.rekey.core.identity.Mapping;
import dev.rekey.core.identity.MappingBuilder;
import dev.rekey.core.identity.MappingFault;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.TableDigest;
import dev.rekey.core.plan.DeclaredFamily;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule.Lookup;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.Reference;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.earlier.EarlierRun;
import dev.rekey.engine.earlier.EarlierRuns;
import dev.rekey.engine.run.FrozenMappings;
import dev.rekey.engine.run.FrozenMappings.FrozenMapping;
import dev.rekey.engine.run.Manifest.Shapes;
import dev.rekey.engine.store.Documents;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What earlier runs gave the ids of a family, against what its mapping gives them now. That an old id has
 * another new one matters where a record shows but one of the two: in references that are replaced in place, and in the keys of
 * copies. Anywhere else, another run writes the new id once more.
 *
 * @param tables of the plan: runs that worked on others do not count
 */
record EarlierMappings(Documents documents, Plan plan, Map<TableName, Shapes> tables, Supplier<EarlierRuns> earlier) {
    /** Some 20 MB. */
    private static final int ASKED_AT_ONCE = 100_000;

    /** The mapping of one or more runs, and the tables that they wrote to. */
    private record Before(FrozenMapping mapping, List<EarlierRun> runs, Set<TableName> written) {
        boolean wrote(List<TableName> some) {
            return some.stream().anyMatch(written::contains);
        }
    }

    /** Whether new ids of {@code family} take the place of old ones in records that stay: there, they are mapped again. */
    boolean areReplaced(FamilyName family) {
        return !replaced(family).isEmpty();
    }

    /** Says what contradicts earlier runs, and finds the entries of their mappings that {@code mapping} does not have. */
    Optional<Mapping> former(DeclaredFamily family, Mapping mapping, MappingFaults faults) {
        var replaced = replaced(family.name());
        var keyed = keyed(family.name());
        var standing = changed(family.name(), _ -> true);
        var all = Stream.of(standing, keyed).flatMap(List::stream).toList();
        var former = new Former(family.rule());
        for (var before : before(family, all, FrozenMappings.digest(mapping))) {
            var then = FrozenMappings.load(documents, before.mapping(), family.rule());
            if (before.wrote(replaced)) {
                var run = before.runs().getFirst().id();
                then.forEachOverlap(mapping, (old, now) -> faults.overlaps(run, old.canonical(), now.canonical()));
            }
            if (before.wrote(standing)) {
                then.forEach((old, now) -> {
                    if (mapping.newId(old).isEmpty() || !mapping.hasNew(now)) {
                        former.add(old, now, faults);
                    }
                });
            }
            if (before.wrote(replaced) || before.wrote(keyed)) {
                changed(family.name(), then, mapping, before.runs(), faults);
            }
        }
        return former.build();
    }

    /** Entries of earlier mappings. Runs of a part may have given an old id several new ones: each is somebody's new id. */
    private static final class Former {
        private final Lookup rule;
        private final List<MappingBuilder> layers = new ArrayList<>();

        Former(Lookup rule) {
            this.rule = rule;
        }

        void add(OldId old, OldId now, MappingFaults faults) {
            for (var layer : layers) {
                var fault = layer.add(old, now);
                if (fault.filter(one -> one.kind() == MappingFault.Kind.TWO_NEW_IDS)
                        .isEmpty()) {
                    fault.filter(one -> one.kind() == MappingFault.Kind.TOO_LARGE)
                            .ifPresent(one -> faults.add("the mapping of an earlier run", one));
                    return;
                }
            }
            var next = new MappingBuilder(rule);
            var _ = next.add(old, now);
            layers.add(next);
        }

        /** The newest new id of an old one comes first. */
        Optional<Mapping> build() {
            return layers.reversed().stream().map(MappingBuilder::build).reduce((older, newer) -> newer.after(older));
        }
    }

    private List<TableName> replaced(FamilyName family) {
        return changed(family, reference -> reference.as().isEmpty());
    }

    /** The tables in place whose records get new ids of {@code family}. */
    private List<TableName> changed(FamilyName family, Predicate<Reference> where) {
        return plan.inPlace().stream()
                .filter(table -> table.references().stream()
                        .anyMatch(reference -> reference.family().equals(family) && where.test(reference)))
                .map(TablePlan::name)
                .toList();
    }

    private List<TableName> keyed(FamilyName family) {
        return plan.copied().stream()
                .filter(table -> table.family().equals(family)
                        || KeyRoles.families(table).anyMatch(family::equals))
                .map(TablePlan::name)
                .toList();
    }

    /** The mappings of the runs that count for {@code some} tables, newest first, but for {@code now}. */
    private List<Before> before(DeclaredFamily family, List<TableName> some, TableDigest now) {
        var all = new LinkedHashMap<TableDigest, Before>();
        for (var run : some.isEmpty() ? List.<EarlierRun>of() : earlier.get().all()) {
            var written = some.stream()
                    .filter(table -> run.counts(table, tables.get(table).target()))
                    .toList();
            if (!written.isEmpty()) {
                documents
                        .find(run.folder().mappings(), FrozenMappings.class)
                        .flatMap(found -> found.value().of(family.name()))
                        .filter(frozen -> !frozen.digest().equals(now))
                        .map(frozen -> all.computeIfAbsent(
                                frozen.digest(), _ -> new Before(frozen, new ArrayList<>(), new HashSet<>())))
                        .ifPresent(before -> {
                            before.runs().add(run);
                            before.written().addAll(written);
                        });
            }
        }
        return List.copyOf(all.values());
    }

    /** Old ids that have another new id now. Those that a run did not meet may have it. */
    private void changed(FamilyName family, Mapping then, Mapping now, List<EarlierRun> runs, MappingFaults faults) {
        var asked = new LinkedHashSet<OldId>();
        Runnable ask = () -> {
            runs.forEach(run -> written(run, family, asked)
                    .forEach(old -> faults.changed(
                            run.id(),
                            run.isRolledBackInPart(),
                            old.canonical(),
                            then.newId(old).orElseThrow().canonical(),
                            now.newId(old).orElseThrow().canonical())));
            asked.clear();
        };
        then.forEach((old, was) -> {
            if (now.newId(old).filter(is -> !is.equals(was)).isPresent()
                    && asked.add(old)
                    && asked.size() == ASKED_AT_ONCE) {
                ask.run();
            }
        });
        if (!asked.isEmpty()) {
            ask.run();
        }
    }

    private List<OldId> written(EarlierRun run, FamilyName family, Set<OldId> asked) {
        var log = RewrittenIds.of(documents, run, tables);
        var found = new HashSet<>(log.inKeys(family, asked));
        found.addAll(log.replaced(family, asked));
        return asked.stream().filter(found::contains).toList();
    }
}
