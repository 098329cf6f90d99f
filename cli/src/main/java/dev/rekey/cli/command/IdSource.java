package dev.rekey.cli.command;

import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.core.identity.Family;
import dev.rekey.core.identity.IdTranslation;
import dev.rekey.core.identity.Mapping;
import dev.rekey.core.identity.Survivors;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.FamilyTypes;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import dev.rekey.engine.run.FrozenMappings;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.status.KnownRun;
import dev.rekey.engine.store.Documents;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.BiFunction;

/** Where the rule, the types and the mapping of a family come from. */
sealed interface IdSource {
    Plan plan();

    /** The type of the family's old ids, if this source knows it. */
    Optional<KeyType> type(IdFamily family);

    Mapping mapping(IdFamily family);

    /** The records of the family that become others. */
    Survivors survivors(IdFamily family);

    /** @throws CommandFailure if the rule of the family cannot be used */
    default IdTranslation translation(IdFamily family, KeyType type) {
        var whole = new Family(family.name(), family.rule(), type);
        var survivors = survivors(family);
        var unmerged = switch (family.rule()) {
            case IdentityRule.Lookup _ -> IdTranslation.of(whole, mapping(family));
            case IdentityRule.Derive _, IdentityRule.Keep _ -> IdTranslation.of(whole);
        };
        return unmerged.merged(survivors);
    }

    /**
     * The plan and its mapping as they are now.
     *
     * @param described the type of the key of the family's table; empty if no table is asked
     */
    record Now(PlanFile file, IdMapping mappings, BiFunction<Plan, IdFamily, Optional<KeyType>> described)
            implements IdSource {
        @Override
        public Plan plan() {
            return file.reading().plan();
        }

        @Override
        public Optional<KeyType> type(IdFamily family) {
            return described.apply(plan(), family);
        }

        @Override
        public Mapping mapping(IdFamily family) {
            return mappings.read(file, family.name());
        }

        @Override
        public Survivors survivors(IdFamily family) {
            if (plan().merges(family.name())) {
                throw CommandFailure.usage("Cannot compute an id of family " + family.name()
                        + ": records of it are merged, and which ones is decided when a run begins. Nothing was read."
                        + " Name a run with --run.");
            }
            return Survivors.NONE;
        }
    }

    /** A run: what was frozen in it counts, whatever the plan and the mapping have become. */
    record OfRun(Documents documents, Manifest manifest, Plan plan) implements IdSource {
        /** @throws CommandFailure if the run is one of another plan, or its plan cannot be read */
        static OfRun of(Documents documents, KnownRun run, PlanFile file) {
            var manifest = run.manifest();
            var given = file.reading().plan().name();
            if (!manifest.plan().equals(given)) {
                throw CommandFailure.usage(
                        "Cannot compute an id of run %s: it is a run of plan %s, not of plan %s. Nothing was changed. Name another run or another plan."
                                .formatted(run.id(), manifest.plan().value(), given.value()));
            }
            return new OfRun(documents, manifest, frozen(documents, run));
        }

        private static Plan frozen(Documents documents, KnownRun run) {
            var text = documents.bytes(new RunFolder(run.id()).planAsWritten());
            var reading = text.map(plan -> PlanReader.read(
                    new String(plan.content(), StandardCharsets.UTF_8),
                    run.manifest().options().parameters()));
            if (reading.isPresent() && reading.get() instanceof PlanReading.Valid valid) {
                return valid.plan();
            }
            throw CommandFailure.refused("Cannot compute an id of run " + run.id() + ": its plan "
                    + new RunFolder(run.id()).planAsWritten()
                    + " is missing or damaged. Nothing was changed. Restore the object, or omit --run.");
        }

        @Override
        public Optional<KeyType> type(IdFamily family) {
            var shapes = new HashMap<TableName, TableShape>();
            manifest.known()
                    .forEach(name -> shapes.put(name, manifest.shapes(name).source()));
            return Optional.ofNullable(FamilyTypes.of(plan, shapes).get(family.name()));
        }

        @Override
        public Mapping mapping(IdFamily family) {
            return FrozenMappings.of(documents, new RunFolder(manifest.run()), plan)
                    .load(documents, plan)
                    .get(family.name());
        }

        @Override
        public Survivors survivors(IdFamily family) {
            return FrozenMerges.of(documents, new RunFolder(manifest.run()), plan)
                    .survivors()
                    .getOrDefault(family.name(), Survivors.NONE);
        }
    }
}
