package dev.rekey.engine.analyze;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.document.ReferencePathParser;
import dev.rekey.core.plan.document.ReferencePathParser.Parsed;
import dev.rekey.engine.join.Hits;
import dev.rekey.engine.join.IdForms;
import dev.rekey.engine.join.Matched;
import dev.rekey.engine.join.NameLikeness;
import dev.rekey.engine.join.Place;
import dev.rekey.engine.join.PlaceName;
import dev.rekey.engine.join.Sighting;
import dev.rekey.engine.run.RunContext;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** Says of values that are somebody's ids how much that means. */
public final class IdsFound {
    /** Of weak evidence; whoever shows so many says that there may be more. */
    public static final int MOST_WEAK = 200;

    /** So many different values are no accident, if they are not plain. */
    private static final int MANY = 20;

    private final RunContext run;

    private final DeclaredReferences declared;

    public IdsFound(RunContext run) {
        this.run = run;
        this.declared = new DeclaredReferences(run);
    }

    @FunctionalInterface
    private interface Judging {
        Evidence of(Sighting at, FamilyName family, Hits hits);
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
    public List<Undeclared> undeclared(Matched matched, Optional<Integer> sampled) {
        var forms = matched.identities().forms();
        return found(
                        matched.sightings(),
                        (at, family) -> declared.at(at).isEmpty() && !isOwnId(at, family),
                        complete(forms))
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
        // Not by names: the new ids of a mapping may well be old ids of others.
        return found(sightings, (at, family) -> true, this::evidence)
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

    private Stream<IdCandidate> found(
            List<Sighting> sightings, BiPredicate<Place, FamilyName> counts, Judging judging) {
        var weak = new AtomicInteger();
        return sightings.stream()
                .flatMap(at -> at.hits().entrySet().stream()
                        .filter(hit -> counts.test(at.where(), hit.getKey()))
                        .map(hit -> new IdCandidate(
                                at, hit.getKey(), hit.getValue(), judging.of(at, hit.getKey(), hit.getValue()))))
                .sorted(Comparator.comparing(IdCandidate::evidence)
                        .thenComparing(one -> -one.hits().matched())
                        .thenComparing(one -> one.at().where().table())
                        .thenComparing(one -> one.at().where().path())
                        .thenComparing(IdCandidate::part)
                        .thenComparing(IdCandidate::family))
                .filter(one -> one.evidence() != Evidence.WEAK || weak.incrementAndGet() <= MOST_WEAK);
    }

    /** A record's own id is no reference. */
    private boolean isOwnId(Place at, FamilyName family) {
        return number(at) == 0 && family.equals(plan(at).family()) && isSelf(at);
    }

    private boolean isSelf(Place at) {
        return KeyRoles.self(plan(at), run.manifest().table(at.table()).source())
                .filter(self -> List.of(new Step.Field(self.name())).equals(steps(at)))
                .isPresent();
    }

    private Evidence evidence(Sighting at, FamilyName family, Hits hits) {
        if (hits.areTelling()) {
            return Evidence.STRONG;
        }
        boolean named = isNamedAfter(at.where(), family) || isParent(at.where(), family);
        return hits.areNearlyAllOf(at.values()) && named ? Evidence.NAMED : Evidence.WEAK;
    }

    /** Where all values are ids, a name or their number may be enough. */
    private Judging complete(Map<FamilyName, IdForms> forms) {
        return (at, family, hits) -> {
            boolean all = number(at.where()) == 0 && hits.matched() == at.values();
            return all && !isOwnByName(at.where()) && (isMeant(at.where(), family, hits, forms) || isOnlyOne(at, hits))
                    ? Evidence.STRONG
                    : evidence(at, family, hits);
        };
    }

    /** Many different numbers that are ids of one table alone, where a name says that they are ids, or several stand together. */
    private boolean isOnlyOne(Sighting at, Hits hits) {
        var name = PlaceName.of(steps(at.where()));
        boolean ids =
                name.words().saysId() || (!name.path().isEmpty() && name.path().getLast() instanceof Step.Elements);
        return ids
                && hits.distinct() >= MANY
                && !isSelf(at.where())
                && at.hits().values().stream()
                                .filter(other -> other.matched() == at.values())
                                .count()
                        == 1;
    }

    /** Whether a name or their number says that values of which all are ids of {@code family} are meant as such. */
    boolean isMeant(Place at, FamilyName family, Hits hits, Matched matched) {
        return isMeant(at, family, hits, matched.identities().forms());
    }

    private boolean isMeant(Place at, FamilyName family, Hits hits, Map<FamilyName, IdForms> forms) {
        return isNamedAfter(at, family)
                || (hits.distinct() >= MANY
                        && forms.getOrDefault(family, IdForms.NONE).areDistinctive());
    }

    /** An identity that is named after its own table is that of its own records, whoever else has the same. */
    private boolean isOwnByName(Place at) {
        return isSelf(at) && PlaceName.of(steps(at)).likeness(at.table().value()) == NameLikeness.EQUAL;
    }

    private boolean isNamedAfter(Place where, FamilyName family) {
        var name = PlaceName.of(steps(where));
        return run.plan().tables().stream()
                        .filter(table -> table.family().equals(family))
                        .anyMatch(table -> isNamedAfter(name, table, where.type()))
                || (isParent(where, family) && name.words().saysId());
    }

    private boolean isParent(Place where, FamilyName family) {
        return PlaceName.of(steps(where)).words().meansOwnTable()
                && family.equals(plan(where).family());
    }

    private boolean isNamedAfter(PlaceName name, TablePlan table, KeyType type) {
        var key = KeyRoles.self(table, run.manifest().table(table.name()).source())
                .map(KeyAttribute::name)
                .orElse("");
        return name.saysSo(name.likeness(table.name().value(), key), type, key);
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
