package dev.rekey.cli.command;

import dev.rekey.core.identity.Identity;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.Merge.Matching;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.ReferencePath;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import dev.rekey.engine.analyze.RecordChange;
import dev.rekey.engine.run.ChangeKind;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.FrozenMerges.Origin;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.status.KnownRun;
import dev.rekey.engine.store.Documents;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Says why a run would merge a record. What is needed for that is read when the first merge is asked for. */
final class MergeReasons {
    private final Documents documents;
    private final KnownRun known;
    private Optional<Frozen> frozen = Optional.empty();

    MergeReasons(Documents documents, KnownRun known) {
        this.documents = documents;
        this.known = known;
    }

    private record Frozen(Optional<Plan> plan, Map<Identity, Origin> origins) {}

    /** Such as {@code because they match: email, name within company}; empty if {@code change} is no merge. */
    Optional<String> of(RecordChange change) {
        return change.kind() == ChangeKind.MERGE ? reason(change) : Optional.empty();
    }

    private Optional<String> reason(RecordChange change) {
        var run = frozen.orElseGet(this::read);
        frozen = Optional.of(run);
        return run.plan()
                .filter(plan -> plan.has(change.table().named()))
                .map(plan -> plan.table(change.table().named()))
                .flatMap(table -> id(table, change)
                        .flatMap(id -> Optional.ofNullable(run.origins().get(new Identity(table.family(), id))))
                        .map(origin -> words(origin, table)));
    }

    private Optional<OldId> id(TablePlan table, RecordChange change) {
        return KeyRoles.self(table, known.manifest().shapes(table.name()).source())
                .flatMap(self -> Optional.ofNullable(
                                TypedJson.parse(change.record()).get(self.name()))
                        .flatMap(value -> OldId.read(self.type(), value) instanceof OldId id
                                ? Optional.of(id)
                                : Optional.empty()));
    }

    private static String words(Origin origin, TablePlan table) {
        return switch (origin) {
            case PLAN, EARLIER_RUN -> origin.phrase();
            case MATCH ->
                origin.phrase()
                        + table.merge()
                                .flatMap(merge -> merge.matching())
                                .map(MergeReasons::compared)
                                .orElse("");
        };
    }

    private static String compared(Matching matching) {
        return ": " + String.join(", ", matching.by())
                + matching.within()
                        .map(ReferencePath::text)
                        .map(" within "::concat)
                        .orElse("");
    }

    private Frozen read() {
        var folder = new RunFolder(known.id());
        var origins = new HashMap<Identity, Origin>();
        FrozenMerges.find(documents, folder)
                .orElse(FrozenMerges.NONE)
                .all()
                .forEach(one -> origins.put(new Identity(one.family(), one.merged()), one.origin()));
        return new Frozen(plan(folder), origins);
    }

    private Optional<Plan> plan(RunFolder folder) {
        return documents
                .bytes(folder.planAsWritten())
                .map(stored -> PlanReader.read(
                        new String(stored.content(), StandardCharsets.UTF_8),
                        known.manifest().options().parameters()))
                .flatMap(reading -> switch (reading) {
                    case PlanReading.Valid valid -> Optional.of(valid.plan());
                    case PlanReading.Invalid _ -> Optional.empty();
                });
    }
}
