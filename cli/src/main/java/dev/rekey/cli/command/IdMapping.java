package dev.rekey.cli.command;

import dev.rekey.aws.invocation.VirtualThreadConcurrency;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.core.identity.Mapping;
import dev.rekey.core.plan.DeclaredFamily;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.MappingSource.OfFile;
import dev.rekey.core.plan.MappingSource.OfIds;
import dev.rekey.core.plan.MappingSource.OfTable;
import dev.rekey.core.plan.Plan;
import dev.rekey.engine.scan.Source;
import dev.rekey.engine.scan.Sources;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.workflow.FilesOfPlan;
import dev.rekey.engine.workflow.MappingReading;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads a mapping of a plan as a run would read it now.
 *
 * @param reach where the tables of the source are
 * @param verb what cannot be done without the mapping
 */
record IdMapping(Environment environment, Reach reach, String verb) {
    /** For one page. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    /** @throws UnfitPlan with everything that is wrong with the mapping */
    Mapping read(PlanFile file, FamilyName name) {
        var plan = file.reading().plan();
        var family = plan.declared().families().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        return switch (family.rule().mapping()) {
            case OfTable _ -> ofTable(file, family);
            case OfFile(var address, var _, var _) when address.startsWith("s3://") -> ofObject(file, family, address);
            case OfFile(var local, var _, var _) -> {
                var content = file.bytes(verb, local);
                yield read(file, family, IdMapping::noTables, _ -> Optional.of(content));
            }
            case OfIds _ -> read(file, family, IdMapping::noTables, FilesOfPlan.NONE);
        };
    }

    private Mapping ofTable(PlanFile file, DeclaredFamily family) {
        Plan plan = file.reading().plan();
        return reach.account(account -> read(
                file,
                family,
                () -> new Sources(account::tables, this::backoff, new VirtualThreadConcurrency()).of(plan.source()),
                FilesOfPlan.NONE));
    }

    /** The functions can read the bucket of their stack only, and so can this command. */
    private Mapping ofObject(PlanFile file, DeclaredFamily family, String address) {
        return reach.deployment(deployment -> {
            var inside = "s3://" + deployment.bucket() + "/";
            if (!address.startsWith(inside)) {
                throw CommandFailure.refused(
                        "Cannot " + verb + " " + file.path().getFileName()
                                + ": its mapping " + address + " is not in the stack's bucket, " + deployment.bucket()
                                + ". Nothing was changed. Copy it there, or beside the plan.");
            }
            var content = Buckets.documents(deployment, environment)
                    .bytes(new ObjectKey(address.substring(inside.length())))
                    .map(Objects.Stored::content);
            return read(file, family, IdMapping::noTables, _ -> content);
        });
    }

    private Mapping read(PlanFile file, DeclaredFamily family, Supplier<? extends Source> tables, FilesOfPlan files) {
        var reading = new MappingReading(family);
        var mapping = reading.read(tables, files);
        if (!reading.problems().isEmpty()) {
            throw new UnfitPlan(
                    verb, file.path().getFileName(), "the mapping of family " + family.name(), reading.problems());
        }
        return mapping;
    }

    private static Source noTables() {
        throw new IllegalStateException("this mapping is in no table");
    }

    private Backoff backoff() {
        var time = environment.time();
        return new Backoff(time, environment.random(), time.instant().plus(LONGEST_WAIT));
    }
}
