package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.promotion.ExampleData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
    private static final String SUFFIX = "-fvn7t5hbobaxjklhrqzdl4ac34-NONE";
    private final Shell shell;

    InitCommandTest(@TempDir Path directory) {
        shell = new Shell(directory);
    }

    @Test
    void findsEveryRelationshipOfTheExampleAndNoOther() throws IOException {
        loadExample();

        assertThat(shell.run("init", "--source", "{table}" + SUFFIX, "--target", "{table}-new", "--local"))
                .as(shell.err())
                .isZero();

        var example = Files.readString(
                Path.of(System.getProperty("rekey.root")).resolve("examples/environment-promotion/plan.yaml"));
        assertThat(relationships(plan(shell.out())))
                .as(shell.out())
                .containsExactlyElementsOf(relationships(plan(example)));
        assertThat(shell.stack.isClosed()).isTrue();
        assertThat(shell.stack.inputs).isEmpty();
    }

    @Test
    void printsOneDocumentThatHoldsThePlan() {
        loadExample();

        assertThat(shell.run("init", "--source", "{table}" + SUFFIX, "--target", "{table}-new", "--json"))
                .isZero();

        assertThat(shell.json().at("/tables").asInt()).isEqualTo(35);
        assertThat(shell.json().at("/records").asInt()).isEqualTo(2000);
        assertThat(shell.json().at("/composite").asInt()).isZero();
        assertThat(plan(shell.json().at("/plan").asText()).tables()).hasSize(35);
    }

    @Test
    void withoutATargetThePlanAsksForOneAndForNothingElse() {
        loadExample();

        assertThat(shell.run("init", "--source", "{table}" + SUFFIX)).isZero();

        assertThat(PlanReader.read(shell.out()))
                .isInstanceOfSatisfying(
                        PlanReading.Invalid.class,
                        invalid -> assertThat(invalid.problems())
                                .singleElement()
                                .satisfies(
                                        problem -> assertThat(problem.message()).contains("target")));
    }

    @Test
    void whatFitsNoTableIsRefused() {
        assertThat(shell.run("init", "--source", "orders")).isEqualTo(2);
        assertThat(shell.err()).contains("{table} must occur exactly once");
        assertThat(shell.run("init", "--source", "{table}-nowhere")).isEqualTo(2);
        assertThat(shell.err()).contains("matches the template {table}-nowhere");
    }

    @Test
    void aTargetThatIsTheSourceIsRefused() {
        assertThat(shell.run("init", "--source", "{table}-live", "--target", "{table}-live"))
                .isEqualTo(2);
        assertThat(shell.err())
                .contains("--source and --target are both {table}-live")
                .contains("Nothing was read.");
        assertThat(shell.out()).isEmpty();
    }

    private void loadExample() {
        ExampleData.environmentPromotionTables().forEach(this::create);
        ExampleData.environmentPromotion(7, 2000)
                .forEach(record ->
                        shell.stack.store.load(new PhysicalTable(record.table() + SUFFIX), List.of(record.item())));
    }

    private void create(ExampleTable table) {
        var shape = new TableShape(
                new PhysicalTable(table.name() + SUFFIX),
                "000000000000",
                "us-east-1",
                attribute(table.partitionKey()),
                table.sortKey().map(InitCommandTest::attribute),
                Map.of());
        shell.stack.tables.put(shape.table(), shape);
        shell.stack.store.createTable(shape);
    }

    private static KeyAttribute attribute(ExampleTable.Attribute attribute) {
        return new KeyAttribute(
                attribute.name(), KeyType.valueOf(attribute.type().toString()));
    }

    private static Plan plan(String text) {
        return ((PlanReading.Valid) PlanReader.read(text)).plan();
    }

    /** Lines such as {@code Requests.agentContactId -> Contacts}; a key's references are among them. */
    private static Set<String> relationships(Plan plan) {
        var lines = new TreeSet<String>();
        for (var table : plan.tables()) {
            table.references()
                    .forEach(reference ->
                            lines.add(table.name() + "." + reference.path() + " -> " + reference.family()));
            table.key().forEach((attribute, role) -> {
                if (role instanceof KeyRole.Refers(var family)) {
                    lines.add(table.name() + "." + attribute + " -> " + family);
                }
            });
        }
        return lines;
    }
}
