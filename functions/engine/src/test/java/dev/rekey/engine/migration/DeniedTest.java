package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.workflow.Prepared;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the roles of a plan may not do is told when a run is prepared, all of it and before anything is written. */
final class DeniedTest {
    private static final Optional<String> YES = Optional.of("p");
    private static final String BOTH = Plans.of("A: {}", "B: {}");

    private final World world = new World();

    @BeforeEach
    void tables() {
        List.of("A", "B").forEach(name -> world.create(name, KeyType.S));
        world.fill("src-A", 3);
        world.fill("src-B", 3);
    }

    private Start start(String name) {
        world.time().sleep(Duration.ofSeconds(1));
        return new Start(world, name);
    }

    @ParameterizedTest
    @EnumSource(names = {"ANALYZE", "VALIDATE", "TEST", "MIGRATE"})
    void everyMissingPermissionIsTold(Action action) {
        world.memory().deny(new PhysicalTable("dst-A"), "Cannot put.");
        world.memory().deny(new PhysicalTable("dst-B"), "Cannot delete.");
        var role = BOTH.replace("target: { ", "target: { roleArn: \"arn:aws:iam::111122223333:role/Writer\", ");
        assertThat(role).isNotEqualTo(BOTH);
        var refused = (Prepared.Refused) start("s").prepare(action, role, YES);
        assertThat(refused.problems())
                .extracting(Problem::id, Problem::path, Problem::message)
                .containsExactly(
                        tuple("permission.denied", "tables.A", "Cannot put."),
                        tuple("permission.denied", "tables.B", "Cannot delete."));
        assertThat(world.objects().contents()).isEmpty();
    }

    /** Tables in place are written under the role of the source, which needs the target's rights in no other table. */
    @Test
    void everyMissingPermissionInPlaceIsTold() {
        var plan = Plans.inPlace("A: { set: { a: b } }", "B: { set: { a: b } }");
        var role = plan.replace("source: { ", "source: { roleArn: \"arn:aws:iam::111122223333:role/Writer\", ");
        assertThat(role).isNotEqualTo(plan);
        assertThat(start("allowed").ready(Action.VALIDATE, role).run()).isNotNull();
        world.memory().deny(new PhysicalTable("src-B"), "Cannot update.");
        var refused = (Prepared.Refused) start("s").prepare(Action.MIGRATE, role, YES);
        assertThat(refused.problems())
                .extracting(Problem::id, Problem::path, Problem::message)
                .containsExactly(tuple("permission.denied", "tables.B", "Cannot update."));
        assertThat(refused.problems().getFirst().hint()).contains("source.roleArn");
    }

    @Test
    void aTableThatMayNotBeLookedAtIsNotSaidToBeMissing() {
        world.faults().before("describe", "src-A", 0, 1, DeniedTest::deny);
        world.faults().before("describe", "dst-B", 0, 1, DeniedTest::deny);
        var refused = (Prepared.Refused) start("s").prepare(Action.MIGRATE, BOTH, YES);
        assertThat(refused.problems())
                .extracting(Problem::id)
                .containsExactly("permission.denied", "permission.denied");
    }

    private static void deny() {
        throw new StoreException(StoreException.Kind.DENIED, "Cannot describe.");
    }
}
