package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdCommandTest {
    private static final String PLAN = """
        plan: promote
        source: { tables: "{table}-staging" }
        target: { tables: "{table}-production" }
        identity: { rule: derive, namespace: production }
        tables:
          Contacts: {}
          Settings: { identity: { rule: keep } }
          Customers: { identity: { rule: derive, namespace: production, digits: 9 } }
        """;

    private final Shell shell;

    IdCommandTest(@TempDir Path directory) {
        shell = new Shell(directory);
        shell.file("plan.yaml", PLAN);
    }

    @Test
    void printsTheNewIdAndNothingElse() {
        assertThat(shell.run("id", "plan.yaml", "--table", "Contacts", "contact-1"))
                .isZero();
        assertThat(shell.out()).isEqualTo("7d23e6a2-e538-81ef-ab9d-901cb0e1e280" + System.lineSeparator());
        assertThat(shell.err()).isEmpty();
        assertThat(shell.stack.places).isEmpty();
    }

    @Test
    void digitsMeanANumber() {
        assertThat(shell.run("id", "plan.yaml", "--table", "Customers", "1E2")).isZero();
        assertThat(shell.out()).isEqualTo("140128792" + System.lineSeparator());
    }

    @Test
    void aKeptIdStays() {
        assertThat(shell.run("id", "plan.yaml", "--table", "Settings", "theme", "--json"))
                .isZero();
        assertThat(shell.json().at("/new").asText()).isEqualTo("theme");
    }

    @Test
    void theTypeIsLookedUpWhereThePlaceIsGiven() {
        var table = new PhysicalTable("Contacts-staging");
        shell.stack.tables.put(
                table,
                new TableShape(table, "0", "us-east-1", new KeyAttribute("id", KeyType.B), Optional.empty(), Map.of()));

        assertThat(shell.run("id", "plan.yaml", "--table", "Contacts", "AQID", "--local"))
                .isZero();
        assertThat(shell.run("id", "plan.yaml", "--table", "Contacts", "no Base64!", "--local"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("it is not Base64");
        assertThat(shell.run("id", "plan.yaml", "--table", "Settings", "x", "--local"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("the table does not exist: Settings-staging");
    }

    @Test
    void aFamilyCanBeNamedInPlaceOfATable() {
        assertThat(shell.run("id", "plan.yaml", "--family", "Contacts", "contact-1"))
                .isZero();
        assertThat(shell.out()).isEqualTo("7d23e6a2-e538-81ef-ab9d-901cb0e1e280" + System.lineSeparator());
        assertThat(shell.run("id", "plan.yaml", "--family", "Nobody", "x")).isEqualTo(2);
        assertThat(shell.err()).contains("has no such family").contains("Use one of: Contacts, Settings, Customers.");
        assertThat(shell.run("id", "plan.yaml", "x")).isEqualTo(2);
        assertThat(shell.err()).contains("--table or --family is missing");
        assertThat(shell.run("id", "plan.yaml", "x", "--table", "Contacts", "--family", "Contacts"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("cannot be combined");
    }

    @Test
    void derivedIdsHaveNoInverseAndKeptOnesAreTheirOwn() {
        assertThat(shell.run("id", "plan.yaml", "--family", "Contacts", "x", "--reverse"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("derived").contains("rekey report --run RUN --ids");
        assertThat(shell.run("id", "plan.yaml", "--family", "Settings", "theme", "--reverse"))
                .isZero();
        assertThat(shell.out()).isEqualTo("theme" + System.lineSeparator());
    }

    @Test
    void numbersNeedDigits() {
        assertThat(shell.run("id", "plan.yaml", "--table", "Contacts", "1", "--type", "N"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("Add digits to the plan");
    }

    @Test
    void whatIsNoIdIsRefused() {
        assertThat(shell.run("id", "plan.yaml", "--table", "Contacts", "")).isEqualTo(2);
        assertThat(shell.run("id", "plan.yaml", "--table", "Customers", "abc")).isEqualTo(2);
        assertThat(shell.run("id", "plan.yaml", "--table", "Nobody", "x")).isEqualTo(2);
        assertThat(shell.err()).contains("Use one of: Contacts, Settings, Customers.");
    }
}
