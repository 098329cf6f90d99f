package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the parameters that {@code rekey policy} writes, AWS takes every role of the template; else the exit code says so. */
class DeployableParametersTest {
    private static final String COPY = """
        plan: p
        source: { tables: "{table}" }
        target: { tables: "{table}-of-production" }
        identity: { rule: keep }
        tables:
        """;

    private static final String IN_PLACE = """
        plan: p
        mode: inPlace
        source: { tables: "{table}" }
        tables:
        """;

    private static final String FILES = """
        plan: p
        source: { files: "s3://inbox-of-the-shop/crm/{table}-*.csv" }
        target: { tables: "prod-{table}" }
        identity: { rule: keep }
        tables:
        """;

    private static final String MAPPINGS = """
        plan: p
        source: { tables: "dev-{table}" }
        target: { tables: "prod-{table}" }
        identity: { rule: keep }
        tables: { Notes: { references: { a: F0 } } }
        families:
        """;

    private final Shell shell;

    DeployableParametersTest(@TempDir Path directory) {
        this.shell = new Shell(directory);
    }

    /** @param exitCode without {@code --wide}, with which all of them can be deployed */
    @ParameterizedTest
    @CsvSource({
        "copy, 60, 3",
        "copy, 400, 3",
        "inPlace, 60, 3",
        "inPlace, 400, 3",
        "files, 60, 3",
        "files, 400, 3",
        "mappings, 60, 3",
        "mappings, 400, 3"
    })
    void rolesAreDeployedOrRefused(String kind, int count, int exitCode) throws IOException {
        shell.file(
                "plan.yaml",
                switch (kind) {
                    case "copy" -> COPY + lines(count, i -> name(i) + ": {}");
                    case "inPlace" -> IN_PLACE + lines(count, i -> name(i) + ": { set: { seen: true } }");
                    case "files" -> FILES + lines(count, i -> name(i) + ": {}");
                    default ->
                        MAPPINGS
                                + lines(
                                        count,
                                        i -> "F" + i + ": { rule: lookup, mapping: { table: " + name(i)
                                                + ", from: a, to: b } }");
                });
        assertRoles(exitCode, List.of("plan.yaml"));
        assertRoles(0, List.of("plan.yaml", "--wide"));
    }

    /** None of the lists is too long for a parameter; together they are, for a role. */
    @Test
    void rolesOfManyPlansNeedStacksOfTheirOwn() throws IOException {
        var plans = new ArrayList<String>();
        for (int i = 0; i < 70; i++) {
            var role = "arn:aws:iam::222222222222:role/rekey-%s-of-plan-%02d";
            shell.file("p%d.yaml".formatted(i), """
                plan: p%d
                source: { tables: "{table}-dev", roleArn: "%s" }
                target: { tables: "{table}-prod", roleArn: "%s" }
                identity: { rule: keep }
                tables: { A: {} }
                """.formatted(
                            i, role.formatted("source", i), role.formatted("target", i)));
            plans.add("p%d.yaml".formatted(i));
        }
        assertRoles(0, plans.subList(0, 60));
        assertRoles(3, plans);
        assertThat(shell.json().at("/warnings/0").asText()).contains("SourceRoleArns", "another Prefix");
    }

    private void assertRoles(int exitCode, List<String> more) throws IOException {
        var command = new ArrayList<>(List.of("policy", "--account", "111111111111", "--region", "eu-central-1"));
        command.addAll(more);
        assertThat(shell.run(command.toArray(String[]::new))).as(shell.err()).isEqualTo(exitCode);
        var parameters = shell.json().path("parameters");
        if (exitCode != 0) {
            assertThat(shell.json().path("warnings").toString()).contains("the stack cannot be deployed");
            return;
        }
        assertThat(parameters)
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.asText()).hasSizeLessThanOrEqualTo(4_096));
        var roles = new RenderedRoles(parameters);
        assertThat(roles.managed()).hasSizeGreaterThan(15);
        assertThat(roles.managed().values()).allMatch(size -> size <= 6_144);
        assertThat(roles.inRoles()).hasSizeGreaterThan(10);
        assertThat(roles.inRoles().values()).allMatch(size -> size <= 10_240);
    }

    private static String name(int i) {
        return (i % 2 == 0 ? "orders" : "stock") + "-of-the-shop-and-of-its-branches-%03d".formatted(i);
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count)
                .mapToObj(i -> "  " + line.apply(i) + "\n")
                .collect(Collectors.joining());
    }
}
