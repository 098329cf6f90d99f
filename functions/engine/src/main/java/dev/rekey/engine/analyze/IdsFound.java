package dev.rekey.engine.analyze;

import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.reading.ReferencePathParser;
import dev.rekey.core.plan.reading.ReferencePathParser.Parsed;
import dev.rekey.engine.join.Hits;
import dev.rekey.engine.join.NameLikeness;
import dev.rekey.engine.join.Place;
import dev.rekey.engine.join.PlaceName;
import dev.rekey.engine.join.Sighting;
import dev.rekey.engine.run.RunContext;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** Says of values that are somebody's ids how much that means. */
public final class IdsFound {
    private static final int MOST = 200;

    private final RunContext run;

    public IdsFound(RunContext run) {
        this.run = run;
    }

    private record IdCandidate(Sighting at, FamilyName family, Hits hits, Evidence evidence) {
        IdPlace place() {
            return new IdPlace(at.where().table(), at.where().path(), part(), family);
        }

        int part() {
            return number(at.where());
        }
    }

    /** In the source, where the plan declares no reference. */
    public List<Undeclared> undeclared(List<Sighting> sightings, Optional<Integer> sampled) {
        return found(sightings, (at, family) -> !isOwnId(at, family))
                .map(one -> new Undeclared(
                        one.place(),
                        new Undeclared.Matching(
                                one.at().values(),
                                one.hits().matched(),
                                one.hits().distinct()),
                        one.evidence(),
                        UndecidedKeys.changes(run, one.family()),
                        one.at().estimated(),
                        sampled))
                .toList();
    }

    /** In what the run has written, where new ids ought to be. */
    public List<StaleIds> stale(List<Sighting> sightings) {
        return found(sightings, (at, family) -> true)
                .map(one -> new StaleIds(
                        one.place(),
                        one.hits().matched(),
                        one.hits().distinct(),
                        one.evidence(),
                        one.at().estimated(),
                        isAccepted(one.at().where())))
                .toList();
    }

    private boolean isAccepted(Place at) {
        return run.manifest().options().allowWarnings() || plan(at).checks().accepts(at.path());
    }

    private Stream<IdCandidate> found(List<Sighting> sightings, BiPredicate<Place, FamilyName> counts) {
        return sightings.stream()
                .flatMap(at -> at.hits().entrySet().stream()
                        .filter(hit -> counts.test(at.where(), hit.getKey()))
                        .map(hit -> new IdCandidate(
                                at, hit.getKey(), hit.getValue(), evidence(at, hit.getKey(), hit.getValue()))))
                .sorted(Comparator.comparing(IdCandidate::evidence)
                        .thenComparing(one -> -one.hits().matched())
                        .thenComparing(one -> one.at().where().table())
                        .thenComparing(one -> one.at().where().path())
                        .thenComparing(IdCandidate::part)
                        .thenComparing(IdCandidate::family))
                .limit(MOST);
    }

    /** A record's own id is no reference. */
    private boolean isOwnId(Place at, FamilyName family) {
        var table = run.plan().table(at.table());
        return number(at) == 0
                && family.equals(table.family())
                && KeyRoles.self(table, run.manifest().table(at.table()).source())
                        .filter(self -> List.of(new Step.Field(self.name())).equals(steps(at)))
                        .isPresent();
    }

    private Evidence evidence(Sighting at, FamilyName family, Hits hits) {
        if (hits.areTelling()) {
            return Evidence.STRONG;
        }
        return hits.areNearlyAllOf(at.values()) && isNamedAfter(at.where(), family) ? Evidence.NAMED : Evidence.WEAK;
    }

    private boolean isNamedAfter(Place where, FamilyName family) {
        var name = PlaceName.of(steps(where));
        var likeness = run.plan().tables().stream()
                .filter(table -> table.family().equals(family))
                .map(table -> name.likeness(table.name().value()))
                .max(Comparator.naturalOrder())
                .orElse(NameLikeness.NONE);
        return name.saysSo(likeness, where.type())
                || (name.words().meansOwnTable() && family.equals(plan(where).family()));
    }

    private static int number(Place at) {
        return ((Place.Numbered) at.part()).number();
    }

    private TablePlan plan(Place at) {
        return run.plan().table(at.table());
    }

    private static List<Step> steps(Place at) {
        return switch (ReferencePathParser.parse(at.path())) {
            case Parsed.Path(var path) -> path.steps();
            // An attribute without a name, which no plan can name.
            case Parsed.Malformed _ -> List.of();
        };
    }
}
