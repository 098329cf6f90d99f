package dev.rekey.aws;

import static dev.rekey.engine.store.TestItems.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.aws.FaultyHttp.Fault;
import dev.rekey.aws.FaultyHttp.Fault.Answer;
import dev.rekey.aws.stores.LocalStores;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.StoreException.Kind;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.store.Tables.Expected;
import dev.rekey.engine.store.Tables.Scan;
import dev.rekey.engine.store.Tables.WriteOutcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class DynamoFaultsTest {
    private static final PhysicalTable TABLE = new PhysicalTable("faults");
    private static final Expected ABSENT = new Expected.Absent();
    private static final Expected ANY = new Expected.Attributes(Map.of());
    private static final Map<String, AttributeValue> ITEM = Map.of("id", s("1"), "v", s("secret"));
    private static final Key KEY = new Key(Map.of("id", s("1")));
    private static final Tables.Update UPDATE =
            new Tables.Update(TABLE, KEY, Map.of("v", Optional.of(s("secret"))), Map.of("v", s("new")), Set.of());

    private final FaultyHttp http = new FaultyHttp();
    private final AwsClients clients = new AwsClients(LocalStores.environment(), http);
    private final Tables tables = clients.tables(LocalTables.OWN_SIDE);

    @BeforeAll
    static void createTable() {
        var id = new KeyAttribute("id", KeyType.S);
        LocalTables.create(new TableShape(TABLE, "", "", id, Optional.empty(), Map.of()));
    }

    @BeforeEach
    void learnTheKeysAndEmptyTheTable() {
        assertThat(tables.describe(TABLE)).isPresent();
        assertThat(tables.delete(TABLE, KEY, ANY)).isNotInstanceOf(WriteOutcome.Unknown.class);
    }

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    void tellsALostAnswerToAWriteAsUnknownAfterOneAttempt() {
        int before = http.requests();
        http.next(new Fault.AnswerLost());
        assertThat(tables.put(TABLE, ITEM, ABSENT)).isInstanceOf(WriteOutcome.Unknown.class);
        assertThat(http.requests() - before).isEqualTo(1);
        assertThat(stored()).containsExactly(ITEM);
        http.next(new Fault.AnswerLost());
        assertThat(tables.delete(TABLE, KEY, new Expected.Attributes(ITEM))).isInstanceOf(WriteOutcome.Unknown.class);
        assertThat(stored()).isEmpty();
        http.next(Answer.ofDynamoDb(500, "InternalServerError", "oops"));
        assertThat(tables.put(TABLE, ITEM, ABSENT))
                .isInstanceOfSatisfying(
                        WriteOutcome.Unknown.class,
                        unknown -> assertThat(unknown.reason())
                                .contains("It may or may not have been written")
                                .doesNotContain("secret"));
    }

    @Test
    void tellsALostAnswerToAnUpdateAsUnknownAfterOneAttempt() {
        assertThat(tables.put(TABLE, ITEM, ABSENT)).isInstanceOf(WriteOutcome.Done.class);
        int before = http.requests();
        http.next(new Fault.AnswerLost());
        assertThat(tables.update(UPDATE)).isInstanceOf(WriteOutcome.Unknown.class);
        assertThat(http.requests() - before).isEqualTo(1);
        assertThat(stored()).containsExactly(Map.of("id", s("1"), "v", s("new")));
        http.next(Answer.ofDynamoDb(500, "InternalServerError", "oops"));
        assertThat(tables.update(UPDATE)).isInstanceOf(WriteOutcome.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ThrottlingException",
        "TransactionConflictException"
    })
    void tellsThrottledWritesAfterOneAttempt(String code) {
        int before = http.requests();
        http.next(Answer.ofDynamoDb(400, code, "slow down"));
        assertThat(tables.put(TABLE, ITEM, ABSENT)).isInstanceOf(WriteOutcome.Throttled.class);
        http.next(Answer.ofDynamoDb(400, code, "slow down"));
        assertThrown(Kind.THROTTLED, () -> tables.putAll(TABLE, List.of(ITEM)));
        http.next(Answer.ofDynamoDb(400, code, "slow down"));
        assertThat(tables.update(UPDATE)).isInstanceOf(WriteOutcome.Throttled.class);
        assertThat(http.requests() - before).isEqualTo(3);
        assertThat(stored()).isEmpty();
    }

    /** DynamoDB's answer for a while after a table is active. */
    @Test
    void backupsThatAreNotAvailableYetCanBeTriedAgain() {
        http.next(Answer.ofDynamoDb(400, "ContinuousBackupsUnavailableException", "Backups are being enabled"));
        assertThrown(
                Kind.THROTTLED, () -> clients.definitions(LocalTables.OWN_SIDE).makeRecoverable(TABLE));
    }

    @Test
    void throwsWhenTheAnswerToABatchOfWritesIsLost() {
        http.next(new Fault.AnswerLost());
        assertThrown(Kind.UNAVAILABLE, () -> tables.putAll(TABLE, List.of(ITEM)));
        assertThat(stored()).containsExactly(ITEM);
    }

    @Test
    void triesReadsAgainButNotForEver() {
        http.next(new Fault.NotSent(), new Fault.AnswerLost());
        assertThat(scan()).isEmpty();
        http.next(new Fault.NotSent(), new Fault.NotSent(), new Fault.NotSent(), new Fault.NotSent());
        assertThrown(Kind.UNAVAILABLE, this::scan).hasMessageContaining("connection refused");
    }

    @ParameterizedTest
    @CsvSource({
        "400,AccessDeniedException,DENIED",
        "400,UnrecognizedClientException,DENIED",
        "400,ExpiredTokenException,DENIED",
        "403,AnythingElse,DENIED",
        "400,ResourceNotFoundException,MISSING",
        "400,ValidationException,INVALID",
        "400,ItemCollectionSizeLimitExceededException,INVALID"
    })
    void throwsRefusals(int status, String code, Kind kind) {
        var answer = Answer.ofDynamoDb(status, code, "Input collection [secret, secret] contains duplicates");
        http.next(answer, answer);
        for (ThrowingCallable call : List.<ThrowingCallable>of(this::scan, () -> tables.put(TABLE, ITEM, ABSENT))) {
            assertThrown(kind, call)
                    .hasMessageStartingWith("Cannot ")
                    .hasMessageContainingAll("the table faults", code, ". Nothing was ")
                    .message()
                    .doesNotContain("secret");
        }
    }

    @Test
    void namesTheActionThatIsDenied() {
        http.next(Answer.ofDynamoDb(400, "AccessDeniedException", "User x is not authorized"));
        assertThrown(Kind.DENIED, () -> tables.put(TABLE, ITEM, ABSENT))
                .hasMessageContaining("allowed dynamodb:PutItem on the table faults");
        http.next(Answer.ofDynamoDb(400, "AccessDeniedException", "User x is not authorized"));
        assertThrown(Kind.DENIED, () -> tables.update(UPDATE))
                .hasMessageContaining("allowed dynamodb:UpdateItem on the table faults");
    }

    /** DynamoDB uses the key of a table in the name of who asks. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "KMS key access denied error: User x is not authorized to perform: kms:Encrypt on k|kms:Encrypt",
                "KMS key access denied error: the key is disabled|kms:Decrypt"
            })
    void namesTheUseOfAKeyThatIsDenied(String text, String action) {
        http.next(Answer.ofDynamoDb(400, "AccessDeniedException", text));
        assertThrown(Kind.DENIED, () -> tables.put(TABLE, ITEM, ABSENT))
                .hasMessageContaining("allowed " + action + " on the key that encrypts the table faults");
    }

    /** Each request is tried once; those that write have conditions that no item meets. */
    @ParameterizedTest
    @CsvSource({"ITEMS,dynamodb:PutItem,dynamodb:DeleteItem", "ATTRIBUTES,dynamodb:UpdateItem,dynamodb:UpdateItem"})
    void namesEveryActionThatIsDeniedToAWriter(Tables.Writing writing, String first, String last) {
        var shape = new TableShape(TABLE, "", "", new KeyAttribute("id", KeyType.S), Optional.empty(), Map.of());
        var denied = Answer.ofDynamoDb(400, "AccessDeniedException", "User x is not authorized");
        var read = new Answer(200, "application/x-amz-json-1.0", "{\"Responses\":{},\"UnprocessedKeys\":{}}");
        http.next(read, denied, denied);
        var all = tables.deniedToWriter(shape, writing);
        assertThat(all.getFirst()).contains("allowed " + first + " on the table faults");
        assertThat(all.getLast()).contains("allowed " + last + " on the table faults");
        assertThat(all).hasSize(first.equals(last) ? 1 : 2);
    }

    @Test
    void seesNoTableThatIsBeingDeleted() {
        var body = "{\"Table\":{\"TableName\":\"faults\",\"TableStatus\":\"DELETING\"}}";
        http.next(new Answer(200, "application/x-amz-json-1.0", body));
        assertThat(tables.describe(TABLE)).isEmpty();
    }

    @Test
    void handsOverWhatWasNotProcessed() {
        var left = "{\"UnprocessedItems\":{\"faults\":[{\"PutRequest\":{\"Item\":{\"id\":{\"S\":\"1\"}}}}]}}";
        http.next(new Answer(200, "application/x-amz-json-1.0", left));
        assertThat(tables.putAll(TABLE, List.of(ITEM)).unprocessed()).containsExactly(Map.of("id", s("1")));
        var kept = "{\"UnprocessedItems\":{\"faults\":[{\"DeleteRequest\":{\"Key\":{\"id\":{\"S\":\"1\"}}}}]}}";
        http.next(new Answer(200, "application/x-amz-json-1.0", kept));
        assertThat(tables.deleteAll(TABLE, List.of(KEY)).unprocessed()).containsExactly(KEY);
        var unread = "{\"Responses\":{},\"UnprocessedKeys\":{\"faults\":{\"Keys\":[{\"id\":{\"S\":\"1\"}}]}}}";
        http.next(new Answer(200, "application/x-amz-json-1.0", unread));
        assertThat(tables.read(TABLE, List.of(KEY)).unprocessed()).containsExactly(KEY);
    }

    private List<Map<String, AttributeValue>> scan() {
        return tables.scan(new Scan(TABLE, 0, 1, Optional.empty(), 0, true)).items();
    }

    private List<Map<String, AttributeValue>> stored() {
        return tables.read(TABLE, List.of(KEY)).items();
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertThrown(
            Kind kind, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
