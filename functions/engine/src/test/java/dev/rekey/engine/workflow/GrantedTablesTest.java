package dev.rekey.engine.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.document.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrantedTablesTest {
    private static final TableShape TABLE = new TableShape(
            new PhysicalTable("A-prod"),
            "111122223333",
            "eu-west-1",
            new KeyAttribute("id", KeyType.S),
            Optional.empty(),
            Map.of());

    private static GrantedTables target(String... arns) {
        return new GrantedTables(List.of(arns), List.of());
    }

    @Test
    void aTableIsGrantedByAPatternOfItsAccountRegionAndName() {
        assertThat(target("arn:aws:dynamodb:eu-west-1:111122223333:table/*-prod")
                        .include(TABLE, false))
                .isTrue();
        assertThat(target("arn:aws-us-gov:dynamodb:*:*:table/A-prod").include(TABLE, false))
                .isTrue();
        assertThat(target("*").include(TABLE, false)).isTrue();
        for (var other : List.of(
                "arn:aws:dynamodb:eu-west-1:111122223333:table/A-prod2",
                "arn:aws:dynamodb:eu-west-2:111122223333:table/*-prod",
                "arn:aws:dynamodb:eu-west-1:444455556666:table/*-prod")) {
            assertThat(target(other).include(TABLE, false)).as(other).isFalse();
        }
        assertThat(target("*").include(TABLE, true)).isFalse();
    }

    @Test
    void whatNoParameterGrantsIsAWarning() {
        var plan = ColdProcess.plan("""
                plan: p
                source: { tables: "{table}-dev" }
                target: { tables: "{table}-prod" }
                identity: { rule: keep }
                tables: { A: {} }
                """);
        var shapes = Map.of(new TableName("A"), TABLE);
        assertThat(Access.notGranted(plan, shapes, target("*"))).isEmpty();
        assertThat(Access.notGranted(plan, shapes, target()))
                .extracting(Problem::id)
                .containsExactly("permission.not-granted");
        assertThat(Access.notGranted(plan, shapes, target()).getFirst().hint()).contains("TargetTableArns");
    }
}
