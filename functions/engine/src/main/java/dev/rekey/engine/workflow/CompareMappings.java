package dev.rekey.engine.workflow;

import dev.rekey.core.identity.Mapping;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.plan.DeclaredFamily;
import dev.rekey.core.plan.MappingSource.OfFile;
import dev.rekey.core.plan.Plan;
import dev.rekey.engine.run.FrozenMappings;
import dev.rekey.engine.run.FrozenMappings.FrozenMapping;
import dev.rekey.engine.run.MappingChange;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the mappings of a run again and says what has changed in them. What cannot be read is no failure of the run. */
record CompareMappings(Ports ports, FilesOfPlan files) {
    private static final int NAMED = 10;

    /** Families whose mapping is as it was frozen are left out. */
    List<MappingChange> of(RunFolder folder, Plan plan) {
        var changes = new ArrayList<MappingChange>();
        for (var frozen : FrozenMappings.find(ports.documents(), folder, plan).families()) {
            plan.declared().families().stream()
                    .filter(family -> family.name().equals(frozen.family()))
                    .findFirst()
                    .flatMap(family -> compared(family, frozen, plan))
                    .ifPresent(changes::add);
        }
        return changes;
    }

    private Optional<MappingChange> compared(DeclaredFamily family, FrozenMapping frozen, Plan plan) {
        if (family.rule().mapping() instanceof OfFile file
                && files.find(file.file()).isEmpty()) {
            return unknown(
                    family,
                    "the file " + file.file()
                            + " lies beside the plan, and only the commands that begin a run hand it in");
        }
        try {
            var reading = new MappingReading(family);
            var now = reading.read(() -> ports.sources().of(plan.source()), files);
            return reading.problems().isEmpty()
                    ? changes(family, frozen, now)
                    : unknown(family, reading.problems().getFirst().message());
        } catch (StoreException e) {
            return switch (e.kind()) {
                case THROTTLED, UNAVAILABLE -> throw e;
                case DENIED, MISSING, INVALID -> unknown(family, e.getMessage());
            };
        }
    }

    private static Optional<MappingChange> unknown(DeclaredFamily family, String why) {
        return Optional.of(MappingChange.unknown(family.name(), why));
    }

    private Optional<MappingChange> changes(DeclaredFamily family, FrozenMapping frozen, Mapping now) {
        if (FrozenMappings.digest(now).equals(frozen.digest())) {
            return Optional.empty();
        }
        if (now.bytes() > Mapping.MOST_BYTES / 2) {
            return unknown(family, "it has changed, but is too large to be compared entry by entry");
        }
        var before = FrozenMappings.load(ports.documents(), frozen, family.rule());
        var added = new Named();
        var removed = new Named();
        var changed = new Named();
        before.forEach((old, id) -> now.newId(old)
                .ifPresentOrElse(
                        other -> {
                            if (!other.equals(id)) {
                                changed.add(old);
                            }
                        },
                        () -> removed.add(old)));
        now.forEach((old, _) -> {
            if (before.newId(old).isEmpty()) {
                added.add(old);
            }
        });
        return Optional.of(
                new MappingChange(family.name(), added.ids(), removed.ids(), changed.ids(), Optional.empty()));
    }

    /** Counts ids and keeps the first. */
    private static final class Named {
        private final List<String> first = new ArrayList<>();
        private long count;

        void add(OldId id) {
            if (count++ < NAMED) {
                first.add(id.canonical());
            }
        }

        MappingChange.Ids ids() {
            return new MappingChange.Ids(count, first);
        }
    }
}
