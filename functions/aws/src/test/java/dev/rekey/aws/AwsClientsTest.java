package dev.rekey.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.aws.FaultyHttp.Fault.Answer;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.Side;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.StoreException.Kind;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.store.Tables.WriteOutcome.ConditionFailed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class AwsClientsTest {
    private static final String ROLE = "arn:aws:iam::111122223333:role/migration";
    private static final PhysicalTable TABLE = new PhysicalTable("Contacts");
    private static final Side OWN = side(Optional.empty(), Optional.empty(), Optional.empty());
    private static final Side ELSEWHERE = side(Optional.of("us-east-2"), Optional.of(ROLE), Optional.of("the-id"));
    private static final Answer NO_TABLE = Answer.ofDynamoDb(400, "ResourceNotFoundException", "none");
    private static final Answer ASSUMED = new Answer(200, "text/xml", """
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
        <AccessKeyId>ASSUMED</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
        <Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>\
        """);

    private final FaultyHttp http = new FaultyHttp();

    @Test
    void takesRegionAndCredentialsFromTheEnvironment() {
        http.next(NO_TABLE);
        assertThat(tables(environment(), OWN).describe(TABLE)).isEmpty();
        assertThat(http.lastSent())
                .startsWith("https://")
                .contains("dynamodb", "eu-west-1", "Credential=OWN/", "/eu-west-1/dynamodb/");
    }

    @Test
    void assumesTheRoleOfASide() {
        http.next(ASSUMED);
        http.next(Answer.ofDynamoDb(400, "ValidationException", "stop"));
        assertThrown(Kind.INVALID, () -> tables(environment(), ELSEWHERE).describe(TABLE));
        assertThat(http.lastSent()).contains("Credential=ASSUMED/", "/us-east-2/dynamodb/");
    }

    @Test
    void namesTheRoleThatCannotBeAssumed() {
        http.next(Answer.ofS3(403, "AccessDenied"));
        var tables = tables(environment(), ELSEWHERE);
        assertThrown(Kind.DENIED, () -> tables.describe(TABLE))
                .hasMessageContaining("allowed sts:AssumeRole on the role that the plan names");
        assertThat(http.lastSent()).contains("sts.eu-west-1", "ExternalId=the-id", "role%2Fmigration");
    }

    /** Its writer has looked at the clock: a role that is assumed then, or a description of the table, would delay it. */
    @Test
    void aWriteAfterAReadIsOneRequest() {
        http.next(ASSUMED);
        http.next(Answer.ofDynamoDb(400, "ValidationException", "stop"));
        http.next(Answer.ofDynamoDb(400, "ConditionalCheckFailedException", "there"));
        var tables = tables(environment(), ELSEWHERE);
        var id = Map.of("id", AttributeValue.fromS("1"));
        assertThrown(Kind.INVALID, () -> tables.read(TABLE, List.of(new Key(id))));
        int before = http.requests();

        assertThat(tables.put(TABLE, id, new Tables.Expected.Absent())).isInstanceOf(ConditionFailed.class);
        assertThat(http.requests()).isEqualTo(before + 1);
        assertThat(http.lastSent()).contains("Credential=ASSUMED/", "attribute_not_exists(#k)", "\"#k\":\"id\"");
    }

    @Test
    void assumesNoRoleOnThisMachine() {
        http.next(NO_TABLE);
        var local = with(environment(), "AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:8000");
        assertThat(tables(local, ELSEWHERE).describe(TABLE)).isEmpty();
        assertThat(http.lastSent()).startsWith("http://127.0.0.1:8000/").contains("Credential=OWN/", "/us-east-2/");
    }

    @Test
    void assumesARoleThroughAnEndpointElsewhere() {
        http.next(ASSUMED, NO_TABLE);
        var inVpc = with(environment(), "AWS_ENDPOINT_URL_DYNAMODB", "https://vpce-1.example.com");
        assertThat(tables(inVpc, ELSEWHERE).describe(TABLE)).isEmpty();
        assertThat(http.lastSent()).startsWith("https://vpce-1.example.com/").contains("Credential=ASSUMED/");
    }

    @Test
    void ignoresEndpointsWhenToldTo() {
        http.next(NO_TABLE);
        var local = with(environment(), "AWS_ENDPOINT_URL", "http://127.0.0.1:8000");
        assertThat(tables(with(local, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"), OWN)
                        .describe(TABLE))
                .isEmpty();
        assertThat(http.lastSent()).startsWith("https://");
    }

    @Test
    void saysThatThereAreNoCredentials() {
        var tables = tables(Map.of("AWS_REGION", "eu-west-1"), OWN);
        assertThrown(Kind.DENIED, () -> tables.describe(TABLE))
                .hasMessageStartingWith("Cannot describe the table Contacts: no credentials were found. ");
        assertThat(http.requests()).isZero();
    }

    @Test
    void saysThatThereIsNoRegion() {
        assertThrown(Kind.INVALID, () -> tables(Map.of(), OWN)).hasMessageContaining("Set AWS_REGION");
    }

    @Test
    void saysThatAnEndpointIsNoUrl() {
        var wrong = with(environment(), "AWS_ENDPOINT_URL_DYNAMODB", "localhost");
        assertThrown(Kind.INVALID, () -> tables(wrong, OWN))
                .hasMessageContainingAll("AWS_ENDPOINT_URL_DYNAMODB", "\"localhost\" is not a URL");
    }

    @Test
    void aRoleIsTakenInTheSessionThatIsNamed() {
        http.next(Answer.ofS3(403, "AccessDenied"));
        var tables = new AwsClients(environment(), http).tables(ELSEWHERE, "rekey-migrate-run");
        assertThrown(Kind.DENIED, () -> tables.describe(TABLE));
        assertThat(http.lastSent()).contains("RoleSessionName=rekey-migrate-run");
    }

    @Test
    void keepsItsClients() {
        try (var clients = new AwsClients(environment(), http)) {
            assertThat(clients.s3()).isSameAs(clients.s3());
            assertThat(clients.stepFunctions()).isSameAs(clients.stepFunctions());
        }
    }

    private Tables tables(Map<String, String> environment, Side side) {
        return new AwsClients(environment, http).tables(side);
    }

    private static Side side(Optional<String> region, Optional<String> role, Optional<String> externalId) {
        return new Side("{table}", region, role, externalId, true);
    }

    private static Map<String, String> environment() {
        return Map.of("AWS_REGION", "eu-west-1", "AWS_ACCESS_KEY_ID", "OWN", "AWS_SECRET_ACCESS_KEY", "secret");
    }

    private static Map<String, String> with(Map<String, String> environment, String name, String value) {
        var copy = new HashMap<>(environment);
        copy.put(name, value);
        return copy;
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertThrown(Kind kind, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
