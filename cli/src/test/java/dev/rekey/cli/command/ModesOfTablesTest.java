package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.run.State;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said before a plan is confirmed that changes tables in place, or copies some of them. */
class ModesOfTablesTest {
    private static final String OUTPUT = """
        {"run":"20260102T030405678Z-0123abcd","action":"migrate","plan":"p","outcome":"migrated","message":"Done.",
         "counts":{"read":1},"verification":{"verdict":"passed","missing":0},"drift":0,
         "report":"s3://bucket/runs/r/reports/migrated.json","page":"s3://bucket/runs/r/reports/migrated.html"}
        """;

    private final Shell shell;

    ModesOfTablesTest(@TempDir Path directory) {
        shell = new Shell(directory);
        shell.stack.willEnd(new State.Succeeded(OUTPUT));
        shell.stack.put("runs/r/reports/migrated.json", """
            {"tables":{"Contacts":{"level":1,"counts":{"created":1,"skipped":0}}}}
            """);
    }

    @Test
    void whatIsChangedInPlaceStaysAfterAFailureUnlessAskedOtherwise() {
        shell.file("plan.yaml", """
            plan: tenants
            mode: inPlace
            source: { tables: "{table}-live" }
            tables: { Profiles: { set: { seen: true } } }
            """);
        assertThat(shell.typing("tenants\n").run("migrate", "plan.yaml")).isZero();
        assertThat(shell.err())
                .contains("Plan tenants changes records of 1 table in place:", "  in    {table}-live")
                .contains("If anything fails, what was written stays until you resume the run or roll it back.");
        assertThat(shell.typing("tenants\n").run("migrate", "plan.yaml", "--on-failure", "rollback"))
                .isZero();
        assertThat(shell.err()).contains("If anything fails, everything that was written is rolled back.");
    }

    @Test
    void tablesOfEitherModeAreNamedAndDecideWhatAFailureDoes() {
        shell.file("plan.yaml", """
            plan: contacts
            source: { tables: "{table}" }
            target: { tables: "{table}-new" }
            identity: { rule: keep }
            tables: { Contacts: {}, Notes: {}, Companies: { mode: inPlace, set: { seen: true } } }
            """);
        assertThat(shell.typing("contacts\n").run("migrate", "plan.yaml")).isZero();
        assertThat(shell.err())
                .contains("Plan contacts writes 2 tables and changes records of 1 table in place:")
                .contains("  in    {table}: Companies")
                .contains("If anything fails, what was written stays until you resume the run or roll it back.");
        assertThat(shell.typing("contacts\n").run("migrate", "plan.yaml", "--without", "Companies"))
                .isZero();
        assertThat(shell.err())
                .contains("Plan contacts writes 2 tables:")
                .contains("If anything fails, everything that was written is rolled back.");
    }

    @Test
    void whatATestDoesDependsOnTheTablesThatItReaches() {
        shell.file("plan.yaml", """
            plan: contacts
            source: { tables: "{table}" }
            target: { tables: "{table}-new" }
            identity: { rule: keep }
            tables:
              Contacts: {}
              Orders: { mode: inPlace, references: { contact: Contacts } }
            """);
        assertThat(shell.typing("contacts\n").run("test", "plan.yaml", "--table", "Contacts"))
                .isZero();
        assertThat(shell.err())
                .contains("Afterwards copied records are removed from the target.")
                .doesNotContain("restored");
        assertThat(shell.typing("contacts\n").run("test", "plan.yaml", "--table", "Orders", "--keep"))
                .isZero();
        assertThat(shell.err()).contains("Copied records stay in the target.", "Changed records stay changed.");
    }

    @Test
    void aTestMayBeOfTheFirstFewRecords() {
        shell.file("plan.yaml", """
            plan: contacts
            source: { tables: "{table}" }
            target: { tables: "{table}-new" }
            identity: { rule: keep }
            tables: { Contacts: {} }
            """);
        var test = new String[] {"test", "plan.yaml", "--table", "Contacts", "--limit", "3"};
        assertThat(shell.typing("contacts\n").run(test)).isZero();
        assertThat(shell.err())
                .contains("This migrates the first 3 records of Contacts and everything they reference:");
        assertThat(shell.stack.inputs.getLast()).contains("\"sample\":3");
        test[5] = "0";
        assertThat(shell.run(test)).isEqualTo(2);
        assertThat(shell.err()).contains("--limit is 0");
        assertThat(shell.run("test", "plan.yaml", "--table", "Contacts", "--limit", "2", "--id", "c1"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("Cannot combine --limit with --id");
    }
}
