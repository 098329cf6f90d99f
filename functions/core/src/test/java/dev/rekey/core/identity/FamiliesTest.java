package dev.rekey.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.Checks;
import dev.rekey.core.plan.Declarations;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.Fingerprint;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.Limits;
import dev.rekey.core.plan.Mode;
import dev.rekey.core.plan.OnConflict;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.Side;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.Where;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FamiliesTest {
    private static final TableName NAME = new TableName("Lines");
    private static final FamilyName FAMILY = new FamilyName("Lines");
    private static final TableShape SHAPE = new TableShape(
            new PhysicalTable("lines"),
            "000000000000",
            "eu-west-1",
            new KeyAttribute("order", KeyType.S),
            Optional.of(new KeyAttribute("line", KeyType.N)),
            Map.of());

    private static Plan plan(Map<String, KeyRole> key) {
        var side = new Side("{table}", Optional.empty(), Optional.empty(), Optional.empty(), true);
        var physical = new PhysicalTable("lines");
        var table = new TablePlan(
                NAME,
                new TablePlan.Placement(physical, physical, new Mode.Copy()),
                new TablePlan.Identities(FAMILY, new IdentityRule.Keep(), key, List.of()),
                new TablePlan.Content(new Where.Everything(), Map.of(), Map.of(), Set.of()),
                new TablePlan.Conflicts(OnConflict.ABORT, Optional.empty()),
                Checks.NONE);
        return new Plan(
                new PlanName("p"),
                side,
                side,
                List.of(table),
                new Plan.Bounds(OptionalInt.empty(), Limits.NONE),
                Declarations.NONE,
                new Fingerprint(""));
    }

    private static Optional<KeyType> type(Map<String, KeyRole> key) {
        return Families.of(plan(key), Map.of(NAME, SHAPE))
                .find(FAMILY)
                .map(found -> found.family().type());
    }

    @Test
    void theTypeIsThatOfTheFirstSelfAttribute() {
        assertThat(type(Map.of())).contains(KeyType.S);
        assertThat(type(Map.of("line", new KeyRole.Self()))).contains(KeyType.S);
        assertThat(type(Map.of("order", new KeyRole.Refers(new FamilyName("Orders")), "line", new KeyRole.Self())))
                .contains(KeyType.N);
    }

    @Test
    void aFamilyWithoutSelfAttributeCannotBeReferredTo() {
        assertThat(type(Map.of("order", new KeyRole.Keep()))).isEmpty();
    }

    @Test
    void everyTableNeedsAShape() {
        assertThatThrownBy(() -> Families.of(plan(Map.of()), Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theRuleOfAFamilyThatNothingCanReferToIsNone() {
        var families = Families.of(plan(Map.of()), Map.of(NAME, SHAPE));
        assertThat(families.rule(FAMILY).keeps()).isTrue();
        assertThatThrownBy(() -> families.rule(new FamilyName("Others"))).hasMessageContaining("Others");
    }

    @Test
    void twoFamiliesOfOneNameAreRefused() {
        var one = new Family(FAMILY, new IdentityRule.Keep(), KeyType.S);
        var other = new Family(FAMILY, new IdentityRule.Keep(), KeyType.N);
        assertThatThrownBy(() -> Families.of(List.of(one, other))).hasMessageContaining("Lines");
    }
}
