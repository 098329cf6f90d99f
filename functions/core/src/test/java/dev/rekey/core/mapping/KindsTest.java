package dev.rekey.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.mapping.Kinds.Kind;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which table of the plan a record of a shared physical table belongs to. */
class KindsTest {
    private final Kinds kinds = Kinds.of(plan().tables());

    private static Plan plan() {
        return ((PlanReading.Valid) PlanReader.read("""
                plan: users
                mode: inPlace
                source: { tables: "{table}" }
                tables:
                  Customers: { from: User, match: { kind: "1" } }
                  Numbered: { from: User, match: { kind: 1 } }
                  Users: { from: User, match: { kind: "2" } }
                  Admins: { from: User, match: { admin: true } }
                """)).plan();
    }

    private static Kind one(String table) {
        return new Kind.Of(new TableName(table));
    }

    private static Map<String, AttributeValue> kind(AttributeValue value) {
        return Map.of("id", AttributeValue.fromS("a"), "kind", value);
    }

    @Test
    void theValueAndItsTypeDecide() {
        assertThat(kinds.of(kind(AttributeValue.fromS("1")))).isEqualTo(one("Customers"));
        assertThat(kinds.of(kind(AttributeValue.fromN("1.00")))).isEqualTo(one("Numbered"));
        assertThat(kinds.of(kind(AttributeValue.fromS("2")))).isEqualTo(one("Users"));
    }

    @Test
    void aRecordOfNoTableIsUnmatched() {
        var unmatched = new Kind.Unmatched();
        assertThat(kinds.of(Map.of("id", AttributeValue.fromS("a")))).isEqualTo(unmatched);
        assertThat(kinds.of(kind(AttributeValue.fromS("3")))).isEqualTo(unmatched);
        assertThat(kinds.of(kind(AttributeValue.fromNul(true)))).isEqualTo(unmatched);
        assertThat(kinds.of(kind(AttributeValue.fromL(List.of(AttributeValue.fromS("1"))))))
                .isEqualTo(unmatched);
        assertThat(kinds.of(kind(AttributeValue.fromSs(List.of("1"))))).isEqualTo(unmatched);
    }

    @Test
    void aRecordOfSeveralTablesIsAmbiguous() {
        var record = Map.of("kind", AttributeValue.fromS("2"), "admin", AttributeValue.fromBool(true));
        assertThat(kinds.of(record))
                .isEqualTo(new Kind.Ambiguous(List.of(new TableName("Users"), new TableName("Admins"))));
    }

    @Test
    void aTableThatSharesNothingTakesEveryRecord() {
        var plan = ((PlanReading.Valid) PlanReader.read("""
                plan: p
                mode: inPlace
                source: { tables: "{table}" }
                tables: { Users: {} }
                """)).plan();
        assertThat(Kinds.of(plan.tables()).of(Map.of())).isEqualTo(one("Users"));
    }
}
