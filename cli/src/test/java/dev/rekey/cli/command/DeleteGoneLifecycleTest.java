package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.cli.deployment.LocalStacks.LocalStack;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.ExampleTable.Attribute;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** {@code rekey migrate --delete-gone} with DynamoDB Local and S3Mock: list, ask, delete, take back. */
final class DeleteGoneLifecycleTest {
    private static final String PLAN = """
        plan: gone-OWN
        source: { tables: "{table}-OWN" }
        target: { tables: "{table}-OWN-new" }
        identity: { rule: keep }
        tables:
          notes: {}
        """;

    /** In the names of plans and tables, so that the tests can share a stack. */
    private final String own = UUID.randomUUID().toString();

    private final PhysicalTable source = new PhysicalTable("notes-" + own);
    private final PhysicalTable target = new PhysicalTable("notes-" + own + "-new");
    private final LocalStack stack;
    private final Shell shell;

    DeleteGoneLifecycleTest(@TempDir Path directory) {
        stack = SharedStack.foundIn(directory);
        shell = ProcessStack.shell(directory);
        shell.file("plan.yaml", PLAN.replace("OWN", own));
        shell.file(
                "inPlace.yaml",
                "plan: p\nmode: inPlace\nsource: { tables: \"{table}-" + own
                        + "\" }\ntables:\n  notes: { set: { seen: true } }\n");
        var notes = List.of(ExampleTable.of("notes", new Attribute("id", ScalarAttributeType.S)));
        stack.loader().create(notes, _ -> source.name());
        stack.loader().create(notes, _ -> target.name());
        stack.tables()
                .putAll(
                        source,
                        IntStream.range(0, 8)
                                .mapToObj(DeleteGoneLifecycleTest::note)
                                .toList());
    }

    private static Map<String, AttributeValue> note(int number) {
        return Map.of("id", AttributeValue.fromS("n" + number), "text", AttributeValue.fromS("note"));
    }

    private List<Key> keys(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> new Key(Map.of("id", AttributeValue.fromS("n" + number))))
                .toList();
    }

    private int copies() {
        return stack.tables().read(target, keys(0, 8)).items().size();
    }

    private String run() {
        return shell.json().path("run").asText();
    }

    @Test
    void whatIsListedIsDeletedOnceItIsConfirmedAndRestored() {
        assertThat(shell.run("migrate", "plan.yaml", "--local", "--yes")).isZero();
        stack.tables().deleteAll(source, keys(0, 3));
        assertThat(shell.run("migrate", "plan.yaml", "--local", "--yes")).isEqualTo(8);
        assertThat(shell.out()).contains("3 gone");
        assertThat(copies()).isEqualTo(8);

        assertThat(shell.typing("no\n").run("migrate", "plan.yaml", "--local", "--delete-gone"))
                .isNotZero();
        assertThat(shell.err()).contains("It deletes 3 records of notes, which run ", "listed as gone");
        assertThat(copies()).isEqualTo(8);
        assertThat(shell.run("migrate", "plan.yaml", "--local", "--yes", "--delete-gone", "--json"))
                .isZero();
        assertThat(copies()).isEqualTo(5);
        var run = run();
        assertThat(shell.run("rollback", "--run", run, "--local", "--yes")).isZero();
        assertThat(copies()).isEqualTo(8);
    }

    @Test
    void passesEndWhenNothingIsGoneAnyMore() {
        assertThat(shell.run("migrate", "plan.yaml", "--local", "--yes")).isZero();
        stack.tables().deleteAll(source, keys(0, 3));
        assertThat(shell.run("migrate", "plan.yaml", "--local", "--yes", "--until-clean", "3", "--delete-gone"))
                .isZero();
        assertThat(shell.err()).contains("Pass 2 of at most 3").doesNotContain("Pass 3");
        assertThat(copies()).isEqualTo(5);
    }

    @Test
    void whatIsKeptOnPurposeIsListedOnce() {
        assertThat(shell.run("migrate", "plan.yaml", "--local", "--yes")).isZero();
        stack.tables().deleteAll(source, keys(0, 3));
        assertThat(shell.run("migrate", "plan.yaml", "--local", "--yes")).isEqualTo(8);
        assertThat(shell.out()).contains("to keep it with --keep-gone");
        assertThat(shell.run("migrate", "plan.yaml", "--local", "--yes", "--keep-gone"))
                .isZero();
        assertThat(shell.err()).contains("It keeps 3 records of notes, which run ");
        assertThat(shell.run("migrate", "plan.yaml", "--local", "--yes")).isZero();
        assertThat(copies()).isEqualTo(8);
        assertThat(shell.run("migrate", "plan.yaml", "--local", "--yes", "--keep-gone", "--delete-gone"))
                .isEqualTo(2);
    }

    @Test
    void aRunOfAPartAndAPlanInPlaceAreRefused() {
        assertThat(shell.run("migrate", "plan.yaml", "--local", "--yes", "--delete-gone", "--table", "notes"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("Cannot combine --delete-gone with --table");
        assertThat(shell.run("migrate", "inPlace.yaml", "--local", "--yes", "--delete-gone"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("the plan changes all its tables in place");
    }
}
