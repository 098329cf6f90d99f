package dev.rekey.engine.analyze;

import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.join.Matched;
import dev.rekey.engine.join.Matched.Orphan;
import dev.rekey.engine.join.Matched.References;
import dev.rekey.engine.join.Place;
import dev.rekey.engine.join.RecordWalk;
import dev.rekey.engine.join.Sighting;
import dev.rekey.engine.run.RunContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whose ids the plan says stand at which places, and whether they are those of another table. */
public final class DeclaredReferences {
    /** A single value may be somebody's id by accident. */
    private static final int FEW = 3;

    private final RunContext run;
    private final Map<At, FamilyName> families = new HashMap<>();

    private record At(TableName table, String path) {}

    public DeclaredReferences(RunContext run) {
        this.run = run;
        run.plan().tables().forEach(this::add);
    }

    private void add(TablePlan table) {
        table.references().forEach(reference -> add(table, reference.path().steps(), reference.family()));
        table.key().forEach((attribute, role) -> {
            if (role instanceof KeyRole.Refers(var family)) {
                add(table, List.of(new Step.Field(attribute)), family);
            }
        });
    }

    private void add(TablePlan table, List<Step> path, FamilyName family) {
        families.put(new At(table.name(), RecordWalk.text(path)), family);
    }

    /** The family of the ids that the plan declares at {@code place}; empty if it declares none. */
    public Optional<FamilyName> at(Place place) {
        return Optional.ofNullable(families.get(new At(place.table(), place.path())));
    }

    /**
     * References whose orphans are ids of another table: it was meant, most likely. Whatever onOrphan says, the references of
     * records that exist would be lost.
     */
    List<Problem> ofOtherTables(Matched matched, IdsFound judge, Severity severity) {
        return matched.sightings().stream()
                .filter(seen -> seen.where().part().equals(new Place.Numbered(0)))
                .filter(seen -> !run.plan()
                        .table(seen.where().table())
                        .checks()
                        .accepts(seen.where().path()))
                .flatMap(
                        seen -> at(seen.where())
                                .flatMap(declared -> ofOtherTable(seen, declared, matched, judge, severity))
                                .stream())
                .toList();
    }

    private Optional<Problem> ofOtherTable(
            Sighting seen, FamilyName declared, Matched matched, IdsFound judge, Severity severity) {
        var at = seen.where();
        var orphans = matched.identities().orphans().stream()
                .filter(orphan ->
                        orphan.table().equals(at.table()) && orphan.path().equals(at.path()))
                .toList();
        long leadNowhere = orphans.stream().mapToLong(Orphan::count).sum();
        long values = matched.identities()
                .references()
                .getOrDefault(at.table() + "." + at.path(), new References(0, 0, 0))
                .values();
        boolean stay = orphans.stream().allMatch(orphan -> orphan.onOrphan() == OnOrphan.KEEP);
        return seen.hits().entrySet().stream()
                .filter(_ -> leadNowhere > 0)
                // What keeps its id is found under it, where the value stays.
                .filter(hit -> !stay || UndecidedKeys.changes(run, hit.getKey()))
                .filter(hit -> hit.getValue().areTelling()
                        || (hit.getValue().matched() >= leadNowhere
                                && (judge.isMeant(at, hit.getKey(), hit.getValue(), matched)
                                        || (leadNowhere == values
                                                && hit.getValue().distinct() >= FEW))))
                .max(Map.Entry.comparingByValue((one, other) -> Long.compare(one.matched(), other.matched())))
                .map(hit -> problem(
                        seen,
                        new Nowhere(leadNowhere, values),
                        hit.getKey(),
                        hit.getValue().matched(),
                        declared,
                        severity));
    }

    /** Values that lead to no record, among all at the place. */
    private record Nowhere(long values, long of) {
        String words() {
            return values == of
                    ? (values == 1 ? "the only value leads" : "all " + Wording.count(values, "value") + " lead")
                    : Wording.count(values) + " of " + Wording.count(of, "value") + " "
                            + Wording.agree(values, "leads", "lead");
        }
    }

    private Problem problem(
            Sighting seen, Nowhere nowhere, FamilyName found, long matched, FamilyName declared, Severity severity) {
        var at = seen.where();
        boolean inKey = run.plan().table(at.table()).key().containsKey(at.path());
        return new Problem(
                severity,
                "reference.other-table",
                "tables." + at.table() + (inKey ? ".key." : ".references.") + at.path(),
                "%s to no record of %s; %s%s of %s %s of %s"
                        .formatted(
                                nowhere.words(),
                                declared,
                                seen.estimated() ? "about " : "",
                                Wording.count(Math.min(matched, nowhere.values())),
                                Wording.count(nowhere.values()),
                                Wording.agree(matched, "is an id", "are ids"),
                                found),
                "Did you mean " + found
                        + "? Name it in the plan. If the values shall be treated as onOrphan says, accept the path in checks.");
    }
}
