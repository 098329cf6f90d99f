package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.Fingerprint;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.workflow.Prepared;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values that are given for a run take the place of the plan's parameters, in this run and in no other. */
final class ParametersLifecycleTest {
    private static final String PLAN = """
        plan: p
        source: { tables: "src-{table}" }
        target: { tables: "dst-{table}" }
        identity: { rule: keep }
        parameters: { stage: staging, from: 1, convert: false }
        tables:
          A:
            where: "{% $number($record.n) >= $parameters.from %}"
            set: { stage: "{% $parameters.stage %}", converted: "{% $string($parameters.convert) %}" }
        """;
    private static final Map<String, String> GIVEN = Map.of("stage", "production", "from", "2.0", "convert", "true");

    private final World world = new World();

    @BeforeEach
    void tables() {
        world.create("A", KeyType.S);
        for (int i = 0; i < 4; i++) {
            world.load("src-A", record("id", "a" + i, "n", String.valueOf(i)));
        }
    }

    private static RunOptions giving(Map<String, String> parameters) {
        return new RunOptions(
                Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.empty(), Scope.ALL, parameters);
    }

    private Start start(String name) {
        world.time().sleep(Duration.ofSeconds(1));
        return new Start(world, name);
    }

    private Migration prepared(String name, Map<String, String> parameters) {
        var start = start(name).asking(giving(parameters));
        return new Migration(world, PLAN, start, start.ready(Action.MIGRATE, PLAN));
    }

    private Migration migrated(Migration migration) {
        assertThat(migration.validate().verdict()).isNotEqualTo(Readiness.NOT_READY);
        migration.begin();
        assertThat(migration.migrate().failures()).isZero();
        return migration;
    }

    private Migration next(String name, Action action, Migration of) {
        var start = start(name);
        return new Migration(world, PLAN, start, start.ready(action, of.run(), PLAN));
    }

    private SortedSet<String> written() {
        var written = new TreeSet<String>();
        world.items("dst-A")
                .forEach(item -> written.add(item.get("id").s() + " "
                        + item.get("stage").s() + " " + item.get("converted").s()));
        return written;
    }

    @Test
    void theGivenValuesCountUntilTheRunIsTakenBack() {
        var before = world.dump();
        var run = migrated(prepared("given", GIVEN));
        assertThat(written()).containsExactly("a2 production true", "a3 production true");
        assertThat(run.manifest().options().parameters()).isEqualTo(GIVEN);
        assertThat(run.report(RunOutcome.MIGRATED).subject().basis().parameters())
                .isEqualTo(GIVEN);

        var verified = next("verify", Action.VERIFY, run).verify(1);
        assertThat(verified.failures()).isZero();

        next("rollback", Action.ROLLBACK, run).rollback();
        assertThat(world.dump()).isEqualTo(before);

        migrated(prepared("plain", Map.of()));
        assertThat(written()).containsExactly("a1 staging false", "a2 staging false", "a3 staging false");
    }

    @Test
    void aResumedRunKeepsItsValuesWhateverIsGivenThen() {
        var first = prepared("first", GIVEN);
        var start = start("second").asking(giving(Map.of("stage", "other", "unheard", "of")));
        var resumed = new Migration(world, PLAN, start, start.ready(Action.RESUME, first.run(), PLAN));
        migrated(resumed);
        assertThat(written()).containsExactly("a2 production true", "a3 production true");
        assertThat(resumed.manifest().options().parameters()).isEqualTo(GIVEN);
    }

    @Test
    void theValuesArePartOfTheFingerprint() {
        var plain = validated(Map.of());
        assertThat(validated(Map.of("from", "1.0"))).isEqualTo(plain);
        assertThat(validated(GIVEN)).isNotEqualTo(plain);
    }

    private Fingerprint validated(Map<String, String> parameters) {
        var start = start("validate").asking(giving(parameters));
        return new Migration(world, PLAN, start, start.ready(Action.VALIDATE, PLAN))
                .manifest()
                .fingerprint();
    }

    @Test
    void namesAndTypesThatThePlanDoesNotHaveAreRefused() {
        var given = giving(Map.of("stag", "x", "from", "many", "convert", "yes"));
        var start = start("wrong").asking(given);
        var prepared = start.prepare(Action.MIGRATE, PLAN, Optional.of("p"));
        assertThat(prepared).isInstanceOf(Prepared.Refused.class);
        assertThat(((Prepared.Refused) prepared).problems())
                .extracting(problem -> problem.id() + " " + problem.path())
                .containsExactlyInAnyOrderElementsOf(List.of(
                        "parameter.unknown parameters",
                        "parameter.wrong-type parameters.from",
                        "parameter.wrong-type parameters.convert"));
        assertThat(world.documents(world.invocation()).list("runs/")).isEmpty();
    }
}
