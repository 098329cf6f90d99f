package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTrustTest {
    private final Shell shell;

    PolicyTrustTest(@TempDir Path directory) {
        shell = new Shell(directory);
    }

    /** Every function of this stack in its region, an operator, and nobody else. */
    @Test
    void whoMayTakeTheRoleIsNamedExactly() throws IOException {
        shell.file("plan.yaml", """
            plan: p
            source: { tables: "{table}-a", roleArn: "arn:aws:iam::222222222222:role/from", externalId: "5f3c" }
            target: { tables: "{table}-b", roleArn: "arn:aws:iam::333333333333:role/to" }
            identity: { rule: keep }
            tables: { A: {} }
            """);
        assertThat(shell.run("policy", "plan.yaml", "--account", "111111111111"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("--region");
        var operator = "arn:aws:iam::444444444444:role/people";
        assertThat(shell.run(
                        "policy",
                        "plan.yaml",
                        "--account",
                        "111111111111",
                        "--region",
                        "eu-central-1",
                        "--role-path",
                        "/apps/",
                        "--operator",
                        operator))
                .isZero();
        var source = new RoleTrust(shell.json().at("/source/trust"));
        var target = new RoleTrust(shell.json().at("/target/trust"));
        var takingSources = takers("SourceRole");
        var takingTargets = takers("TargetRole");
        assertThat(takingTargets).contains("rollback").containsAll(takingSources);
        for (var function : List.of("prepare", "analyze", "match", "judge", "test", "migrate", "verify", "rollback")) {
            var role = "arn:aws:iam::111111111111:role/apps/rekey-" + function + "-eu-central-1";
            assertThat(source.admits(role, "5f3c")).as(function).isEqualTo(takingSources.contains(function));
            assertThat(target.admits(role, "")).as(function).isEqualTo(takingTargets.contains(function));
            assertThat(source.admits(role, "another")).isFalse();
            assertThat(target.admits(role.replace("eu-central-1", "eu-west-1"), ""))
                    .isFalse();
            assertThat(target.admits(role.replace("/rekey-", "/rekey-staging-"), ""))
                    .isFalse();
            assertThat(target.admits(role.replace("111111111111", "444444444444"), ""))
                    .isFalse();
        }
        assertThat(source.admits(operator, "5f3c")).isTrue();
        assertThat(target.admits(operator, "")).isTrue();
        assertThat(target.admits("arn:aws:iam::444444444444:role/people2", "")).isFalse();
        assertThat(target.admits("arn:aws:iam::555555555555:role/people", "")).isFalse();
    }

    /** The functions whose roles the template lets take the roles of one side. */
    private static Set<String> takers(String sid) throws IOException {
        var template = Files.readString(Path.of(System.getProperty("rekey.root"), "infra", "template.yaml"));
        var functions = new TreeSet<String>();
        for (var role : template.split("(?m)^  (?=\\w+Role:$)", -1)) {
            if (role.lines().anyMatch(line -> line.strip().equals("- Sid: " + sid))) {
                functions.add(role.replaceAll("(?s)Role:.*", "").toLowerCase(Locale.ROOT));
            }
        }
        assertThat(functions).isNotEmpty();
        return functions;
    }
}
