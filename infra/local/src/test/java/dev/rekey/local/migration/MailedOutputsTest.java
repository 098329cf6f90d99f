package dev.rekey.local.migration;

import static dev.rekey.local.migration.SmallWorld.s;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.local.template.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** What executions of every action end with, against the pattern of the rule that has people told. */
final class MailedOutputsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final KeyAttribute ID = new KeyAttribute("id", KeyType.S);

    private static final String PLAN = """
        plan: mailed
        source: { tables: "{table}-mailed-dev" }
        target: { tables: "{table}-mailed-prod" }
        identity: { rule: keep }
        tables:
          Owners: {}
          Links: { references: { ownerId: Owners } }
        """;

    private final Map<String, String> outputs = new LinkedHashMap<>();
    private final WholeStack stack = WholeStack.started();

    @Test
    void peopleAreToldOfRollbacksAndOfPlansThatAreNotReadyAndOfNothingElse() throws Exception {
        for (var table : List.of("Owners", "Links")) {
            SmallWorld.createTable(stack.db(), table + "-mailed-dev", List.of(ID));
            SmallWorld.createTable(stack.db(), table + "-mailed-prod", List.of(ID));
        }
        put("Owners-mailed-dev", Map.of("id", s("o1")));
        put("Links-mailed-dev", Map.of("id", s("l1"), "ownerId", s("o1")));
        record("analyzed", input("analyze").put("plan", PLAN));
        record("validated", input("validate").put("plan", PLAN));
        record("tested", input("test").put("plan", PLAN).put("table", "Links"));
        record("kept", input("test").put("plan", PLAN).put("table", "Links").put("keep", true));
        var kept = run("kept");
        record("rolled back after a test", input("rollback").put("run", kept));
        record("migrated", input("migrate").put("plan", PLAN));
        var run = run("migrated");
        record("verified", input("verify").put("run", run));
        record("rolled back in part", input("rollback").put("run", run).put("table", "Links"));
        record("verified after a part", input("verify").put("run", run));
        record("rolled back", input("rollback").put("run", run));
        put("Links-mailed-dev", Map.of("id", s("l2"), "ownerId", s("nobody")));
        record("not ready", input("analyze").put("plan", PLAN));

        var told = outputs.entrySet().stream()
                .filter(one -> isTold(one.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        assertThat(told).containsExactly("rolled back after a test", "rolled back in part", "rolled back", "not ready");
    }

    private void record(String name, ObjectNode input) {
        DescribeExecutionResponse ended = stack.run(input.put("confirm", "mailed"));
        assertThat(ended.statusAsString()).as(name + ": " + ended.cause()).isEqualTo("SUCCEEDED");
        outputs.put(name, ended.output());
    }

    private String run(String name) throws Exception {
        return JSON.readTree(outputs.get(name)).at("/run").asText();
    }

    private static ObjectNode input(String action) {
        return JSON.createObjectNode().put("action", action);
    }

    private void put(String table, Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> item) {
        stack.db().putItem(request -> request.tableName(table).item(item));
    }

    private static boolean isTold(String output) {
        var notify = Template.read().ofType("AWS::Serverless::Function").get("NotifyFunction");
        var rule = Template.map(
                Template.map(Template.map(notify.get("Events")).get("Ended")).get("Properties"));
        var detail = Template.map(Template.map(rule.get("Pattern")).get("detail"));
        return ((List<?>) detail.get("$or"))
                .stream()
                        .map(Template::map)
                        .filter(one -> one.containsKey("output"))
                        .flatMap(one -> ((List<?>) one.get("output")).stream())
                        .map(one -> String.valueOf(Template.map(one).get("wildcard")))
                        .anyMatch(wildcard -> output.matches(Stream.of(wildcard.split("\\*", -1))
                                .map(Pattern::quote)
                                .collect(Collectors.joining(".*"))));
    }
}
