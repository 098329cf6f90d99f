package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyCommandTest {
    private static final Pattern TABLE_ACTIONS =
            Pattern.compile("- Sid: (Source|Target|InPlace)\\n(?:.*\\n){2}((?: *- dynamodb:\\w+\\n)+)");

    private final Path directory;
    private final Shell shell;

    PolicyCommandTest(@TempDir Path directory) {
        this.directory = directory;
        shell = new Shell(directory);
    }

    @Test
    void theLeastForAPlanIsPrintedWithoutAskingAnybody() {
        shell.file("plan.yaml", """
            plan: promote
            source: { tables: "{table}-dev" }
            target: { tables: "{table}-prod", region: eu-west-1, roleArn: "arn:aws:iam::222222222222:role/rekey-target", externalId: "5f3c" }
            identity: { rule: keep }
            tables:
              Contacts: {}
            """);

        assertThat(shell.run("policy", "plan.yaml", "--account", "111111111111", "--region", "eu-central-1"))
                .isZero();

        var policy = shell.json();
        assertThat(policy.at("/source/role").asText()).isEqualTo("the functions' own");
        assertThat(policy.at("/source/policy/Statement/0/Resource/0").asText())
                .isEqualTo("arn:aws:dynamodb:eu-central-1:111111111111:table/Contacts-dev");
        assertThat(policy.at("/source").has("trust")).isFalse();
        assertThat(policy.at("/target/policy/Statement/0/Resource/0").asText())
                .isEqualTo("arn:aws:dynamodb:eu-west-1:222222222222:table/Contacts-prod");
        assertThat(policy.at("/target/policy/Statement/0/Action").toString())
                .contains("dynamodb:PutItem", "dynamodb:DeleteItem");
        var trust = policy.at("/target/trust/Statement/0");
        assertThat(trust.at("/Principal").toString()).isEqualTo("{\"AWS\":[\"arn:aws:iam::111111111111:root\"]}");
        assertThat(trust.at("/Condition/StringEquals/sts:ExternalId").asText()).isEqualTo("5f3c");
        assertThat(policy.at("/parameters").toString())
                .isEqualTo("{\"SourceTableArns\":\"arn:aws:dynamodb:eu-central-1:111111111111:table/Contacts-dev\","
                        + "\"TargetRoleArns\":\"arn:aws:iam::222222222222:role/rekey-target\"}");
        assertThat(shell.stack.places).isEmpty();
    }

    @Test
    void filesInBucketsAreListedAndRead() {
        shell.file("plan.yaml", """
            plan: p
            source: { files: "s3://inbox/crm/{table}-*.csv" }
            target: { tables: "{table}-prod" }
            identity: { rule: keep }
            tables: { C: {}, D: { source: "beside/d.csv" } }
            """);
        assertThat(shell.run("policy", "plan.yaml", "--account", "111111111111", "--region", "eu-central-1"))
                .isZero();
        var policy = shell.json();
        assertThat(policy.at("/source/policy/Statement/0").toString())
                .contains("\"s3:GetObject\",\"s3:ListBucket\"")
                .contains("[\"arn:aws:s3:::inbox\",\"arn:aws:s3:::inbox/crm/C-*.csv\"]");
        assertThat(policy.at("/parameters/FileSourceArns").asText())
                .isEqualTo("arn:aws:s3:::inbox,arn:aws:s3:::inbox/crm/C-*.csv");
        assertThat(policy.at("/parameters").has("SourceTableArns")).isFalse();
    }

    @Test
    void tablesWithMappingsAreReadWhenARunIsPrepared() {
        var families = """
            families:
              T: { rule: lookup, mapping: { table: tenant_org, from: a, to: b } }
              U: { rule: lookup, mapping: { ids: { a: b } } }
            """;
        var tables = "tables: { C: { references: { t: T, u: U } } }\nidentity: { rule: keep }\n";
        var sides = "source: { tables: \"{table}-dev\" }\ntarget: { tables: \"{table}-prod\" }\n";
        shell.file("plan.yaml", "plan: p\n" + sides + tables + families);
        assertThat(shell.run("policy", "plan.yaml", "--account", "111111111111", "--region", "eu-central-1"))
                .isZero();
        var arn = "arn:aws:dynamodb:eu-central-1:111111111111:table/tenant_org";
        assertThat(shell.json().at("/mappings/policy/Statement/0").toString())
                .isEqualTo("{\"Sid\":\"RekeyReadsMappings\",\"Effect\":\"Allow\",\"Action\":["
                        + "\"dynamodb:DescribeKinesisStreamingDestination\",\"dynamodb:DescribeTable\","
                        + "\"dynamodb:DescribeTimeToLive\",\"dynamodb:Scan\"],\"Resource\":[\"" + arn + "\"]}");
        assertThat(shell.json().at("/parameters/MappingTableArns").asText()).isEqualTo(arn);
    }

    @Test
    void aListThatIsTooLongForAParameterIsThatOfTheTemplate() {
        var tables = IntStream.range(0, 80)
                .mapToObj(i -> "  Table%02d: {}%n".formatted(i))
                .collect(Collectors.joining());
        shell.file("plan.yaml", """
            plan: promote
            source: { tables: "app-{table}-dev" }
            target: { tables: "{table}-prod" }
            identity: { rule: keep }
            tables:
              Contacts: { source: people }
            """ + tables);

        assertThat(shell.run("policy", "plan.yaml", "--account", "111111111111", "--region", "eu-central-1"))
                .isZero();

        assertThat(shell.json().at("/source/policy/Statement/0/Resource")).hasSize(81);
        assertThat(shell.json().at("/parameters/SourceTableArns").asText())
                .isEqualTo("arn:aws:dynamodb:eu-central-1:111111111111:table/app-*-dev,"
                        + "arn:aws:dynamodb:eu-central-1:111111111111:table/people");
    }

    /** The template says what each function may do, and a test of its own proves that that is the least. */
    @Test
    void aPlanThatNeedsEverythingGetsWhatTheTemplateAllows() throws IOException {
        shell.file("plan.yaml", """
            plan: promote
            source: { tables: "{table}-dev" }
            target: { tables: "{table}-prod" }
            identity: { rule: derive, namespace: prod }
            tables:
              Contacts: {}
              Projects: { references: { ownerId: Contacts } }
            """);

        assertThat(shell.run("policy", "plan.yaml")).isZero();

        assertThat(printed("source")).isEqualTo(allowed("Source"));
        assertThat(printed("target")).isEqualTo(allowed("Target"));
    }

    @Test
    void tablesThatAreChangedInPlaceAreReadAndUpdated() throws IOException {
        shell.file("plan.yaml", """
            plan: tenants
            mode: inPlace
            source: { tables: "{table}-live" }
            tables: { Profiles: { set: { seen: true } } }
            """);

        assertThat(shell.run("policy", "plan.yaml", "--account", "111111111111", "--region", "eu-central-1"))
                .isZero();

        var arn = "arn:aws:dynamodb:eu-central-1:111111111111:table/Profiles-live";
        assertThat(shell.json().has("target")).isFalse();
        assertThat(shell.json().at("/inPlace/policy/Statement/0/Resource/0").asText())
                .isEqualTo(arn);
        assertThat(printed("source")).isEqualTo(allowed("Source"));
        assertThat(printed("inPlace")).containsExactlyInAnyOrder("dynamodb:BatchGetItem", "dynamodb:UpdateItem");
        assertThat(allowed("InPlace")).containsAll(printed("inPlace"));
        assertThat(shell.json().at("/parameters").toString())
                .isEqualTo("{\"SourceTableArns\":\"" + arn + "\",\"InPlaceTableArns\":\"" + arn + "\"}");
    }

    @Test
    void recordsThatAreCreatedInPlaceArePutAndDeletedAgain() throws IOException {
        shell.file("plan.yaml", """
            plan: tenants
            mode: inPlace
            source: { tables: "{table}-live" }
            tables:
              Companies: {}
              Contacts: { references: { company: { family: Companies, onOrphan: { create: { name: Unknown } } } } }
            """);

        assertThat(shell.run("policy", "plan.yaml", "--account", "111111111111", "--region", "eu-central-1"))
                .isZero();

        assertThat(printed("inPlace"))
                .isEqualTo(allowed("InPlace"))
                .contains("dynamodb:PutItem", "dynamodb:DeleteItem")
                .doesNotContain("dynamodb:BatchWriteItem");
    }

    /** The functions that write take the roles of the target only. */
    @Test
    void aRoleThatChangesRecordsInPlaceIsOneThatFunctionsWriteWith() {
        shell.file("plan.yaml", """
            plan: tenants
            mode: inPlace
            source: { tables: "{table}", region: eu-west-1, roleArn: "arn:aws:iam::222222222222:role/rekey" }
            tables: { Profiles: { set: { seen: true } } }
            """);

        assertThat(shell.run("policy", "plan.yaml", "--account", "111111111111", "--region", "eu-central-1"))
                .isZero();

        assertThat(shell.json().at("/inPlace/role").asText()).isEqualTo("arn:aws:iam::222222222222:role/rekey");
        assertThat(shell.json().at("/parameters").toString())
                .isEqualTo("{\"SourceRoleArns\":\"arn:aws:iam::222222222222:role/rekey\","
                        + "\"TargetRoleArns\":\"arn:aws:iam::222222222222:role/rekey\"}");
    }

    @Test
    void aPlanOfBothModesGetsTheRightsOfBoth() {
        var tables = IntStream.range(0, 60)
                .mapToObj(i -> "  Table%02d: { mode: inPlace, set: { seen: true } }%n".formatted(i))
                .collect(Collectors.joining());
        var plan = """
            plan: contacts
            source: { tables: "{table}-live"ROLE }
            target: { tables: "{table}-new", roleArn: "arn:aws:iam::333333333333:role/rekey" }
            identity: { rule: keep }
            tables:
              Contacts: {}
            """ + tables;
        shell.file("plan.yaml", plan.replace("ROLE", ""));
        assertThat(shell.run("policy", "plan.yaml", "--account", "111111111111", "--region", "eu-central-1"))
                .isZero();
        assertThat(shell.json().at("/source/policy/Statement/0/Resource")).hasSize(61);
        assertThat(shell.json().at("/inPlace/policy/Statement/0/Resource")).hasSize(60);
        assertThat(shell.json().at("/target/policy/Statement/0/Resource")).hasSize(1);
        assertThat(shell.json().at("/parameters/SourceTableArns").asText()).contains("table/Contacts-live,");
        // A pattern would let the functions write to the source of a copy.
        assertThat(shell.json().at("/parameters/InPlaceTableArns").asText())
                .contains("table/Table00-live,", "table/Table59-live")
                .doesNotContain("*", "Contacts");

        shell.file("plan.yaml", plan.replace("ROLE", ", roleArn: \"arn:aws:iam::222222222222:role/rekey\""));
        assertThat(shell.run("policy", "plan.yaml", "--account", "111111111111", "--region", "eu-central-1"))
                .isZero();
        assertThat(shell.json().at("/parameters").toString())
                .isEqualTo("{\"SourceRoleArns\":\"arn:aws:iam::222222222222:role/rekey\",\"TargetRoleArns\":"
                        + "\"arn:aws:iam::333333333333:role/rekey,arn:aws:iam::222222222222:role/rekey\"}");
    }

    @Test
    void keysOfTablesAreAllowedThroughDynamoDbOnly() {
        shell.file("plan.yaml", """
            plan: p
            source: { tables: "{table}-dev" }
            target: { tables: "{table}-prod", roleArn: "arn:aws:iam::333333333333:role/to" }
            identity: { rule: keep }
            tables: { A: {} }
            """);
        var own = "arn:aws:kms:eu-central-1:111111111111:key/a";
        var other = "arn:aws:kms:eu-central-1:333333333333:key/b";
        assertThat(shell.run(
                        "policy",
                        "plan.yaml",
                        "--account",
                        "111111111111",
                        "--region",
                        "eu-central-1",
                        "--key",
                        own,
                        "--key",
                        other))
                .isZero();
        var keys = shell.json().at("/target/policy/Statement/1");
        assertThat(keys.at("/Resource").toString()).isEqualTo("[\"" + other + "\"]");
        assertThat(keys.at("/Action").toString()).contains("kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey");
        assertThat(keys.at("/Condition/StringLike/kms:ViaService").asText()).isEqualTo("dynamodb.*");
        assertThat(shell.json().at("/source/policy/Statement/1/Action").toString())
                .isEqualTo("[\"kms:Decrypt\"]");
        assertThat(shell.json().at("/parameters/TableKeyArns").asText()).isEqualTo(own);
    }

    /** SAM keeps what is not given, so what grants nothing is written, too. */
    @Test
    void parametersOfSeveralPlansAreWrittenToOneFile() throws IOException {
        shell.file("a.yaml", plan("a", "{table}-dev", "{table}-prod", "A"));
        shell.file("b.yaml", """
            plan: b
            mode: inPlace
            source: { tables: "{table}-live" }
            tables: { B: { set: { seen: true } } }
            """);
        shell.file("parameters.yaml", "NotificationEmail: me@example.com\nTableKeyArns: arn:aws:kms:x:1:key/old\n");
        assertThat(shell.run(
                        "policy",
                        "a.yaml",
                        "b.yaml",
                        "--account",
                        "111111111111",
                        "--region",
                        "eu-central-1",
                        "--parameters",
                        "parameters.yaml"))
                .isZero();
        var table = "arn:aws:dynamodb:eu-central-1:111111111111:table/";
        assertThat(Files.readString(directory.resolve("parameters.yaml")))
                .contains(
                        "NotificationEmail: \"me@example.com\"",
                        "SourceTableArns: \"" + table + "A-dev," + table + "B-live\"",
                        "TargetTableArns: \"" + table + "A-prod\"",
                        "InPlaceTableArns: \"" + table + "B-live\"",
                        "MappingTableArns: null",
                        "SourceRoleArns: null",
                        "TargetRoleArns: null",
                        "TableKeyArns: null")
                .doesNotContain("old");
        assertThat(shell.json().at("/plans/b/inPlace").isObject()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 400})
    void aListThatCannotBeDeployedIsRefusedUnlessItMayBeWide(int count) {
        var names = IntStream.range(0, count)
                .mapToObj(i -> (i % 2 == 0 ? "orders-" : "stock-") + "of-the-shop-%03d".formatted(i))
                .toArray(String[]::new);
        shell.file("plan.yaml", plan("p", "{table}", "{table}-new", names));
        var command = new String[] {"policy", "plan.yaml", "--account", "111111111111", "--region", "eu-central-1"};
        assertThat(shell.run(command)).isEqualTo(3);
        assertThat(shell.json().at("/parameters/SourceTableArns").asText()).doesNotContain("*");
        assertThat(shell.json().at("/warnings/0").asText())
                .contains("SourceTableArns has ", "CloudFormation takes 4,096", "--wide");
        var wide = new ArrayList<>(List.of(command));
        wide.add("--wide");
        assertThat(shell.run(wide.toArray(String[]::new))).isZero();
        var source = shell.json().at("/parameters/SourceTableArns").asText();
        assertThat(source).hasSizeLessThanOrEqualTo(4_096).contains("table/orders-", "table/stock-");
        assertThat(source).doesNotContain("table/*");
        // The target's own template asks for a pattern.
        assertThat(shell.json().at("/parameters/TargetTableArns").asText()).endsWith("table/*-new");
    }

    private static String plan(String name, String source, String target, String... tables) {
        return "plan: " + name + "\nsource: { tables: \"" + source + "\" }\ntarget: { tables: \"" + target
                + "\" }\nidentity: { rule: keep }\ntables:\n"
                + Stream.of(tables).map(table -> "  " + table + ": {}\n").collect(Collectors.joining());
    }

    private Set<String> printed(String side) {
        var actions = new TreeSet<String>();
        shell.json().at("/" + side + "/policy/Statement/0/Action").forEach(action -> actions.add(action.asText()));
        return actions;
    }

    private static Set<String> allowed(String sid) throws IOException {
        var template = Files.readString(Path.of(System.getProperty("rekey.root"), "infra", "template.yaml"));
        var actions = new TreeSet<String>();
        TABLE_ACTIONS
                .matcher(template)
                .results()
                .filter(found -> found.group(1).equals(sid))
                .flatMap(found -> found.group(2).lines())
                .forEach(line -> actions.add(line.replaceAll(".*- ", "").strip()));
        assertThat(actions).isNotEmpty();
        return actions;
    }
}
