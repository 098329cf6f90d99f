package dev.rekey.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.aws.AwsClients;
import dev.rekey.core.identity.Derivation;
import dev.rekey.core.identity.Family;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import dev.rekey.examples.ExampleRecord;
import dev.rekey.examples.load.Loader;
import dev.rekey.examples.promotion.ExampleData;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** The example of 35 tables is promoted, then a promotion has to fail and is taken back: on whatever stack there is. */
abstract class PromotionContract {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SEED = 7;
    private static final int RECORDS = 70;
    private static final String PLAN_KEY = "plans/environment-promotion.yaml";
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(20);

    private Installation installation;
    private AwsClients clients;
    private DynamoDbClient db;
    private Plan plan;

    /** The stack, with nothing in its tables. */
    abstract Installation install() throws Exception;

    @BeforeEach
    void fill() throws Exception {
        installation = install();
        clients = new AwsClients(installation.variables());
        db = client(installation.variables());
        var text = Files.readString(
                Path.of(System.getProperty("rekey.root"), "examples", "environment-promotion", "plan.yaml"));
        plan = ((PlanReading.Valid) PlanReader.read(text)).plan();
        clients.s3().putObject(put -> put.bucket(installation.bucket()).key(PLAN_KEY), RequestBody.fromString(text));
        var loader = new Loader(db);
        loader.create(ExampleData.environmentPromotionTables(), this::source);
        loader.create(ExampleData.environmentPromotionTables(), this::target);
        loader.load(ExampleData.environmentPromotion(SEED, RECORDS), this::source);
    }

    @AfterEach
    void close() {
        db.close();
        clients.close();
    }

    @Test
    void anEnvironmentIsPromotedAndAFailedPromotionIsTakenBack() throws Exception {
        var migrated = migrate();
        assertThat(migrated.status()).as(migrated.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        var output = JSON.readTree(migrated.output());
        assertThat(output.at("/counts/created").asInt()).isEqualTo(RECORDS);
        assertThat(output.at("/verification/verdict").asText()).isEqualTo("passed");

        var before = contents();
        var added = ExampleData.newQuote(SEED, RECORDS);
        new Loader(db).load(added.stream(), this::source);
        var stranger = Thread.ofVirtual().start(() -> deleteCopyAgainAndAgain(added.getLast()));

        var failed = migrate();
        stranger.interrupt();
        stranger.join();

        assertThat(failed.error()).as(failed.cause()).startsWith("Rekey.RolledBack");
        assertThat(contents()).isEqualTo(before);
    }

    /** What is not there may be the run's omission: its verification fails. */
    private void deleteCopyAgainAndAgain(ExampleRecord record) {
        var id = AttributeValue.fromS(
                newId(record.table(), record.item().get("id").s()));
        while (!Thread.currentThread().isInterrupted()) {
            db.deleteItem(delete -> delete.tableName(target(record.table())).key(Map.of("id", id)));
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private DescribeExecutionResponse migrate() {
        JsonNode input = JSON.createObjectNode()
                .put("action", "migrate")
                .put("plan", "s3://" + installation.bucket() + "/" + PLAN_KEY)
                .put("confirm", plan.name().value());
        var states = clients.stepFunctions();
        var execution = states.startExecution(start ->
                        start.stateMachineArn(installation.stateMachineArn()).input(input.toString()))
                .executionArn();
        var giveUpAt = Instant.now().plus(LONGEST_WAIT);
        while (Instant.now().isBefore(giveUpAt)) {
            var seen = states.describeExecution(describe -> describe.executionArn(execution));
            if (seen.status() != ExecutionStatus.RUNNING) {
                return seen;
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
        throw new AssertionError("the execution did not end within " + LONGEST_WAIT);
    }

    /** The target's records, table by table. */
    private Map<String, List<Map<String, AttributeValue>>> contents() {
        var contents = new TreeMap<String, List<Map<String, AttributeValue>>>();
        for (var table : plan.tables()) {
            var items = db.scanPaginator(scan -> scan.tableName(table.target().name())).items().stream()
                    .sorted(Comparator.comparing(Map::toString))
                    .collect(Collectors.toList());
            contents.put(table.name().value(), items);
        }
        return contents;
    }

    private String source(String table) {
        return table(table).source().name();
    }

    private String target(String table) {
        return table(table).target().name();
    }

    private String newId(String name, String old) {
        var table = table(name);
        return Derivation.of(new Family(table.family(), table.identity(), KeyType.S))
                .newText(new OldId(KeyType.S, old));
    }

    private TablePlan table(String name) {
        return plan.table(new TableName(name));
    }

    private static DynamoDbClient client(Map<String, String> variables) {
        var credentials =
                AwsBasicCredentials.create(variables.get("AWS_ACCESS_KEY_ID"), variables.get("AWS_SECRET_ACCESS_KEY"));
        return DynamoDbClient.builder()
                .endpointOverride(URI.create(variables.get("AWS_ENDPOINT_URL_DYNAMODB")))
                .region(Region.of(variables.get("AWS_REGION")))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build();
    }
}
