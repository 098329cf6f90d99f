package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.verify.LevelResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Records with a time to live: none is brought back to life, and none that expired is called lost. */
final class ExpiryTest {
    private static final String PLAN = Plans.of("Sessions: {}", "Logins: { references: { session: Sessions } }");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration FIVE_YEARS = Duration.ofDays(5 * 365);

    private final World world = new World();

    @BeforeEach
    void tables() {
        for (var name : new String[] {"src-Sessions", "dst-Sessions"}) {
            world.memory().createTable(World.shape(name, KeyType.S).expiringBy(Optional.of("expiresAt")));
        }
        world.create("Logins", KeyType.S);
    }

    private Map<String, AttributeValue> session(String id, Duration fromNow) {
        var record = new HashMap<>(World.record("id", id));
        long expires = world.time().instant().plus(fromNow).getEpochSecond();
        record.put("expiresAt", AttributeValue.fromN(Long.toString(expires)));
        return record;
    }

    private static Map<Counted, Long> verdicts(LevelResult result, String table) {
        return result.tables().get(new TableName(table));
    }

    @Test
    void whatHasExpiredIsNotCopied() {
        world.load("src-Sessions", session("alive", HOUR));
        world.load("src-Sessions", session("expired", HOUR.negated()));
        // DynamoDB takes such a time for a mistake, and so keeps the record.
        world.load("src-Sessions", session("ancient", FIVE_YEARS.plus(HOUR).negated()));
        var text = World.record("id", "no time", "expiresAt", "yesterday");
        world.load("src-Sessions", text);
        world.load("src-Sessions", World.record("id", "for ever"));

        var result = Migration.begun(world, PLAN).migrate();

        assertThat(result.failures()).isZero();
        assertThat(world.items("dst-Sessions")).hasSize(4).noneMatch(item -> hasExpired(item));
    }

    private boolean hasExpired(Map<String, AttributeValue> item) {
        return world.memory()
                .describe(new PhysicalTable("dst-Sessions"))
                .orElseThrow()
                .expiryOf(item)
                .filter(expiry -> expiry.hasPassed(world.time().instant()))
                .isPresent();
    }

    @Test
    void aReferenceToWhatHasExpiredIsAnOrphan() {
        world.load("src-Sessions", session("expired", HOUR.negated()));
        world.load("src-Logins", World.record("id", "l", "session", "expired"));
        assertThat(Migration.prepared(world, PLAN).validate().message()).contains("reference.orphan");
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void whatExpiresUnderWayIsExpiredAndNotLost(boolean fromSource, boolean moved) {
        var migration = copiedAndVanished(fromSource, moved);
        world.time().sleep(HOUR.plusSeconds(1));
        assertThat(verdicts(migration.verify(1), "Sessions")).containsOnly(Map.entry(Counted.EXPIRED, 1L));
        migration.copy(2);
        assertThat(verdicts(migration.verify(2), "Logins")).containsOnly(Map.entry(Counted.MATCHED, 1L));
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void whatVanishesBeforeItsTimeIsLost(boolean fromSource, boolean moved) {
        var migration = copiedAndVanished(fromSource, moved);
        assertThat(verdicts(migration.verify(1), "Sessions")).containsEntry(Counted.MISSING, 1L);
    }

    private Migration copiedAndVanished(boolean fromSource, boolean moved) {
        var session = session("s", HOUR);
        world.load("src-Sessions", session);
        world.load("src-Logins", World.record("id", "l", "session", "s"));
        var migration = Migration.begun(world, PLAN);
        migration.copy(1);
        world.delete("dst-Sessions", migration.mapped("Sessions", session));
        if (moved) {
            session.put("seen", AttributeValue.fromBool(true));
            world.load("src-Sessions", session);
        }
        if (fromSource) {
            world.delete("src-Sessions", session);
        }
        return migration;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatARecordThatExpiredHadReplacedComesBack(boolean hasExpired) {
        var before = session("s", HOUR.multipliedBy(3));
        before.put("v", AttributeValue.fromS("before"));
        world.load("dst-Sessions", before);
        var original = world.dump();
        world.load("src-Sessions", session("s", HOUR));
        var source = world.items("src-Sessions").getFirst();
        var migration =
                Migration.begun(world, Plans.of("Sessions: { identity: { rule: keep }, onConflict: overwrite }"));
        migration.copy(1);
        world.delete("dst-Sessions", source);
        if (hasExpired) {
            world.time().sleep(HOUR.plusSeconds(1));
        }
        var report = migration.rollback();
        world.delete("src-Sessions", source);
        assertThat(world.dump().equals(original)).isEqualTo(hasExpired);
        assertThat(report.others().drift()).hasSize(hasExpired ? 0 : 1);
    }
}
