package dev.rekey.engine.tables;

import static dev.rekey.engine.tables.Requests.expiring;
import static dev.rekey.engine.tables.Requests.plain;
import static dev.rekey.engine.tables.Requests.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import dev.rekey.engine.store.InMemoryDefinitions;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.TableDefinition;
import dev.rekey.engine.store.TableDefinition.PointInTimeRecovery;
import dev.rekey.engine.store.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;

class TableCreationTest {
    private static final Plan PLAN = ((PlanReading.Valid) PlanReader.read("""
            plan: p
            source: { tables: "{table}-a" }
            target: { tables: "{table}-b" }
            identity: { rule: keep }
            tables: { A: {}, B: {} }
            """)).plan();

    private final InMemoryDefinitions definitions = new InMemoryDefinitions();
    private final List<String> done = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();

    private void done(String what, Optional<String> id) {
        done.add(what);
        id.ifPresent(ids::add);
    }

    private List<ComparedTable> compare() {
        return new PlannedTables(PLAN, List.of(), definitions, definitions, ids::contains).compare();
    }

    private void create(List<ComparedTable> compared) {
        new TableCreation(definitions, new JumpingTime(), this::done).create(compared);
    }

    @Test
    void whatIsMissingIsCreatedInOrderAndThenNothingDiffers() {
        var first = plain(table("A-a", "id:S", Map.of("byX", "x:S")));
        definitions.add(new TableDefinition(
                expiring(first, "until").request(), expiring(first, "until").timeToLive(), PointInTimeRecovery.ON));
        definitions.add(plain(table("B-a", "id:S", Map.of("byX", "x:S", "byY", "y:S"))));
        definitions.add(plain(table("B-b", "id:S", Map.of())));
        var compared = compare();
        assertThat(TableCreation.of(compared)).containsExactly("table A-b", "index byX of B-b", "index byY of B-b");

        create(compared);

        assertThat(definitions.changes)
                .containsExactly(
                        "create A-b",
                        "expire A-b by until",
                        "make A-b recoverable",
                        "create index byX of B-b",
                        "create index byY of B-b");
        assertThat(done)
                .containsExactly(
                        "table A-b",
                        "time to live of A-b by until",
                        "point-in-time recovery of A-b",
                        "index byX of B-b",
                        "index byY of B-b");
        assertThat(compare()).allMatch(table -> table.differences().isEmpty());
        assertThat(TableCreation.of(compare())).isEmpty();
    }

    @Test
    void nothingIsCreatedBesideATableWithOtherKeys() {
        definitions.add(plain(table("A-a", "id:S", Map.of())));
        definitions.add(plain(table("B-a", "id:S", Map.of())));
        definitions.add(plain(table("B-b", "id:N", Map.of())));

        assertThatThrownBy(() -> create(compare())).isInstanceOf(IllegalArgumentException.class);
        assertThat(definitions.changes).isEmpty();
    }

    @Test
    void anIndexIsPaidAsItsTableIs() {
        var throughput = ProvisionedThroughput.builder()
                .readCapacityUnits(1L)
                .writeCapacityUnits(2L)
                .build();
        definitions.add(plain(table("A-a", "id:S", Map.of("byX", "x:S"))));
        definitions.add(plain(table("A-b", "id:S", Map.of()).toBuilder()
                .billingMode(BillingMode.PROVISIONED)
                .provisionedThroughput(throughput)
                .build()));
        definitions.add(plain(table("B-a", "id:S", Map.of("byX", "x:S")).toBuilder()
                .billingMode(BillingMode.PROVISIONED)
                .provisionedThroughput(throughput)
                .globalSecondaryIndexes(Requests.index("byX", "x:S").toBuilder()
                        .provisionedThroughput(throughput)
                        .build())
                .build()));
        definitions.add(plain(table("B-b", "id:S", Map.of())));

        create(compare());

        assertThat(index("A-b")).isEqualTo(throughput);
        assertThat(index("B-b")).isNull();
    }

    private ProvisionedThroughput index(String table) {
        return definitions
                .find(new PhysicalTable(table))
                .orElseThrow()
                .request()
                .globalSecondaryIndexes()
                .getFirst()
                .provisionedThroughput();
    }

    @Test
    void anIndexIsNotAddedToATableThatWasFilledMeanwhile() {
        definitions.add(plain(table("A-a", "id:S", Map.of("byX", "x:S"))));
        definitions.add(plain(table("A-b", "id:S", Map.of())));
        definitions.add(plain(table("B-a", "id:S", Map.of())));
        definitions.add(plain(table("B-b", "id:S", Map.of())));
        var compared = compare();
        definitions.fill(new PhysicalTable("A-b"));

        assertThatThrownBy(() -> create(compared))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("Cannot create the index byX of A-b: the table holds records by now.");
        assertThat(definitions.changes).isEmpty();
    }

    @Test
    void backupsThatAreNotAvailableYetAreWaitedFor() {
        definitions.add(new TableDefinition(
                plain(table("A-a", "id:S", Map.of())).request(), Optional.empty(), PointInTimeRecovery.ON));
        definitions.add(plain(table("B-a", "id:S", Map.of())));
        definitions.delayBackups(3);

        create(compare());
        assertThat(done).containsExactly("table A-b", "table B-b", "point-in-time recovery of A-b");
    }

    @Test
    void backupsThatAreNeverAvailableEndTheWait() {
        definitions.add(new TableDefinition(
                plain(table("A-a", "id:S", Map.of())).request(), Optional.empty(), PointInTimeRecovery.ON));
        definitions.add(plain(table("B-a", "id:S", Map.of())));
        definitions.delayBackups(1_000);

        assertThatThrownBy(() -> create(compare()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("make A-b recoverable");
        assertThat(done).containsExactly("table A-b", "table B-b");
    }

    /** DynamoDB refuses to create several tables with indexes at once, and does not always answer. */
    @Test
    void tablesWithIndexesAreCreatedOneAtATimeAndLostAnswersAreSettled() {
        definitions.add(plain(table("A-a", "id:S", Map.of("byX", "x:S"))));
        definitions.add(plain(table("B-a", "id:S", Map.of("byY", "y:S"))));
        definitions.loseAnswer("create A-b");

        create(compare());

        assertThat(definitions.changes).containsExactly("create A-b", "create B-b");
        assertThat(done).containsExactly("table A-b", "table B-b");
        assertThat(ids).hasSize(2);
        assertThat(compare()).allMatch(one -> one.differences().isEmpty());
    }

    @Test
    void anIndexWhoseAnswerIsLostIsSettled() {
        definitions.add(plain(table("A-a", "id:S", Map.of("byX", "x:S"))));
        definitions.add(plain(table("A-b", "id:S", Map.of())));
        definitions.add(plain(table("B-a", "id:S", Map.of())));
        definitions.add(plain(table("B-b", "id:S", Map.of())));
        definitions.loseAnswer("create index byX of A-b");

        create(compare());

        assertThat(definitions.changes).containsExactly("create index byX of A-b");
        assertThat(done).containsExactly("index byX of A-b");
    }

    @Test
    void aTableThatSomebodyElseCreatedMeanwhileIsNotTakenForOurs() {
        definitions.add(plain(table("A-a", "id:S", Map.of())));
        definitions.add(plain(table("B-a", "id:S", Map.of())));
        var compared = compare();
        definitions.add(plain(table("A-b", "id:S", Map.of())));

        assertThatThrownBy(() -> create(compared)).isInstanceOf(StoreException.class);
        assertThat(done).isEmpty();
    }

    @Test
    void aKeyOfAnotherKindIsReported() {
        var key = new TableDefinition.Encryption(Optional.of("arn:aws:kms:eu-west-1:111122223333:key/k"));
        var own = new TableDefinition.Encryption(Optional.empty());
        definitions.add(encrypted(plain(table("A-a", "id:S", Map.of())), key));
        definitions.add(encrypted(plain(table("A-b", "id:S", Map.of())), own));
        definitions.add(encrypted(plain(table("B-a", "id:S", Map.of())), own));
        definitions.add(encrypted(plain(table("B-b", "id:S", Map.of())), own));

        assertThat(compare().getFirst().differences())
                .containsExactly(
                        new SchemaDifference("encryption", own.words(), key.words(), SchemaDifference.Remedy.REPORTED));
        assertThat(compare().getLast().differences()).isEmpty();
    }

    private static TableDefinition encrypted(TableDefinition table, TableDefinition.Encryption encryption) {
        return new TableDefinition(table.request(), table.timeToLive(), table.recovery(), Optional.of(encryption));
    }

    @Test
    void theNextAttemptCompletesTheTablesOfTheLast() {
        var source = expiring(plain(table("A-a", "id:S", Map.of())), "until");
        definitions.add(new TableDefinition(source.request(), source.timeToLive(), PointInTimeRecovery.ON));
        definitions.add(plain(table("B-a", "id:S", Map.of())));
        definitions.deny("expire A-b by until");
        assertThatThrownBy(() -> create(compare())).isInstanceOf(StoreException.class);
        definitions.allow();
        done.clear();

        var options = List.of("time to live of A-b by until", "point-in-time recovery of A-b");
        assertThat(TableCreation.of(compare())).isEqualTo(options);
        create(compare());
        assertThat(done).isEqualTo(options);
        assertThat(compare()).allMatch(one -> one.differences().isEmpty());
    }

    @Test
    void aTableOfAnotherOriginIsNotCompleted() {
        var source = expiring(plain(table("A-a", "id:S", Map.of())), "until");
        definitions.add(new TableDefinition(source.request(), source.timeToLive(), PointInTimeRecovery.ON));
        definitions.add(plain(table("B-a", "id:S", Map.of())));
        definitions.deny("expire A-b by until");
        assertThatThrownBy(() -> create(compare())).isInstanceOf(StoreException.class);
        definitions.replace(new PhysicalTable("A-b"));

        assertThat(TableCreation.of(compare())).isEmpty();
        assertThat(compare().getFirst().differences())
                .extracting(SchemaDifference::remedy)
                .containsOnly(SchemaDifference.Remedy.REPORTED)
                .hasSize(2);
    }

    @Test
    void whatWasDoneBeforeAFailureIsTold() {
        definitions.add(plain(table("A-a", "id:S", Map.of())));
        definitions.add(plain(table("B-a", "id:S", Map.of())));
        definitions.deny("create B-b");

        assertThatThrownBy(() -> create(compare())).isInstanceOf(StoreException.class);
        assertThat(done).containsExactly("table A-b");
    }

    @Test
    void aTableThatIsNeverActiveEndsTheWait() {
        definitions.add(plain(table("A-a", "id:S", Map.of())));
        definitions.add(plain(table("B-a", "id:S", Map.of())));
        definitions.delayForever(new PhysicalTable("A-b"));

        assertThatThrownBy(() -> create(compare()))
                .isInstanceOf(StoreException.class)
                .hasMessage("Cannot wait for the table A-b: it is not active after 15 minutes. It is still being"
                        + " created. Run the command again when it is active.");
        assertThat(done).containsExactly("table A-b");
    }

    /** Waiting takes no time. */
    private static final class JumpingTime implements Time {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public void sleep(Duration duration) {
            now = now.plus(duration);
        }
    }
}
