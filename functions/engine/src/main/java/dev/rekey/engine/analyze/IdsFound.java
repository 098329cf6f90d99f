package dev.rekey.engine.analyze;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.reading.ReferencePathParser;
import dev.rekey.core.plan.reading.ReferencePathParser.Parsed;
import dev.rekey.engine.join.NameLikeness;
import dev.rekey.engine.join.Sighting;
import dev.rekey.engine.join.Sighting.Hits;
import dev.rekey.engine.join.Words;
import dev.rekey.engine.run.RunContext;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** Says of values that are somebody's ids how much that means. */
public final class IdsFound {
    private static final int MOST = 200;
    /** So much of what matches has to look made by chance. */
    private static final double NEARLY_ALL_TELLING = 0.9;
    /** So many of the values at a place have to match. */
    private static final double NEARLY_ALL = 0.95;

    private final RunContext run;

    public IdsFound(RunContext run) {
        this.run = run;
    }

    private record IdCandidate(Sighting at, FamilyName family, Hits hits, Evidence evidence) {
        IdPlace place() {
            return new IdPlace(at.table(), at.path(), at.part(), family);
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
                        isAccepted(one.at())))
                .toList();
    }

    private boolean isAccepted(Sighting at) {
        return run.manifest().options().allowWarnings() || plan(at).checks().accepts(at.path());
    }

    private Stream<IdCandidate> found(List<Sighting> sightings, BiPredicate<Sighting, FamilyName> counts) {
        return sightings.stream()
                .flatMap(at -> at.hits().entrySet().stream()
                        .filter(hit -> counts.test(at, hit.getKey()))
                        .map(hit -> new IdCandidate(
                                at, hit.getKey(), hit.getValue(), evidence(at, hit.getKey(), hit.getValue()))))
                .sorted(Comparator.comparing(IdCandidate::evidence)
                        .thenComparing(one -> -one.hits().matched())
                        .thenComparing(one -> one.at().table())
                        .thenComparing(one -> one.at().path())
                        .thenComparing(one -> one.at().part())
                        .thenComparing(IdCandidate::family))
                .limit(MOST);
    }

    /** A record's own id is no reference. */
    private boolean isOwnId(Sighting at, FamilyName family) {
        var table = run.plan().table(at.table());
        return at.part() == 0
                && family.equals(table.family())
                && KeyRoles.self(table, run.manifest().table(at.table()).source())
                        .filter(self -> List.of(new Step.Field(self.name())).equals(steps(at)))
                        .isPresent();
    }

    private Evidence evidence(Sighting at, FamilyName family, Hits hits) {
        if (hits.telling() > 0 && hits.telling() >= NEARLY_ALL_TELLING * hits.matched()) {
            return Evidence.STRONG;
        }
        return hits.matched() >= NEARLY_ALL * at.values() && isNamedAfter(at, family) ? Evidence.NAMED : Evidence.WEAK;
    }

    private boolean isNamedAfter(Sighting at, FamilyName family) {
        var names = steps(at).stream()
                .filter(Step.Field.class::isInstance)
                .map(step -> ((Step.Field) step).name())
                .toList();
        if (names.isEmpty()) {
            return false;
        }
        var words = Words.of(names);
        var likeness = run.plan().tables().stream()
                .filter(table -> table.family().equals(family))
                .map(table -> words.likeness(table.name().value()))
                .max(Comparator.naturalOrder())
                .orElse(NameLikeness.NONE);
        return (likeness.isStrong() && words.saysId())
                || (likeness == NameLikeness.EQUAL && at.type() != KeyType.N)
                || (words.meansOwnTable() && family.equals(plan(at).family()));
    }

    private TablePlan plan(Sighting at) {
        return run.plan().table(at.table());
    }

    private static List<Step> steps(Sighting at) {
        return switch (ReferencePathParser.parse(at.path())) {
            case Parsed.Path(var path) -> path.steps();
            // An attribute without a name, which no plan can name.
            case Parsed.Malformed _ -> List.of();
        };
    }
}
