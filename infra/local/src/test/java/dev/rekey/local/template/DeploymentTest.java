package dev.rekey.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.engine.segment.Claim;
import dev.rekey.engine.store.ConsoleLink;
import dev.rekey.engine.store.Invocation;
import dev.rekey.handlers.Bootstrap;
import dev.rekey.handlers.WorkflowDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Handlers, document and template agree. */
final class DeploymentTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z]+)}");
    private static final Pattern SAM = Pattern.compile("\\bsam (deploy|delete|build|validate|logs|sync)\\b");
    private static final Pattern REFERENCE = Pattern.compile("(?:Ref=|\\$\\{)([A-Za-z]+)[},]");
    private static final Pattern VARIABLE = Pattern.compile("\"(REKEY_[A-Z_]+)\"");

    /** Told by the local stack only. */
    private static final String PROCESS = "REKEY_PROCESS";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Template TEMPLATE = Template.read();
    private static final Deployed DEPLOYED = new Deployed(TEMPLATE);
    private static final Map<String, Map<String, Object>> FUNCTIONS = TEMPLATE.ofType("AWS::Serverless::Function");

    @Test
    void everyPlaceholderOfTheDocumentIsSubstituted() {
        var machine = TEMPLATE.ofType("AWS::Serverless::StateMachine").get("StateMachine");
        var substitutions = Template.map(machine.get("DefinitionSubstitutions"));
        var placeholders =
                PLACEHOLDER.matcher(WorkflowDocument.template()).results().map(found -> found.group(1));

        assertThat(substitutions.keySet()).isEqualTo(placeholders.collect(Collectors.toSet()));
        assertThat(Arrays.stream(WorkflowDocument.Step.values()).map(WorkflowDocument.Step::functionName))
                .allSatisfy(name -> assertThat(substitutions.values())
                        .as("the alias of " + name)
                        .extracting(DEPLOYED::text)
                        .anySatisfy(arn -> assertThat(arn).endsWith(":function:" + name + ":live")));
        assertThat(TEMPLATE.globals())
                .containsEntry("AutoPublishAlias", "live")
                .containsEntry("AutoPublishAliasAllProperties", true);
        assertThat(Template.repository().resolve("infra").resolve(String.valueOf(machine.get("DefinitionUri"))))
                .hasContent(WorkflowDocument.template());
    }

    @Test
    void everyHandlerIsAClassThatLambdaCanMake() throws Exception {
        for (var function : FUNCTIONS.values()) {
            // Named without a method, so that it is called by its interface: the method of a superclass that is not
            // public
            // could not be reached by its name.
            var type = Class.forName(
                    String.valueOf(function.get("Handler")), false, getClass().getClassLoader());

            assertThat(type.getConstructor()).isNotNull();
            assertThat(RequestStreamHandler.class.isAssignableFrom(type) || RequestHandler.class.isAssignableFrom(type))
                    .as(type.getName())
                    .isTrue();
        }
        var steps = Arrays.stream(WorkflowDocument.Step.values()).map(WorkflowDocument.Step::functionName);
        assertThat(FUNCTIONS.values())
                .extracting(function -> DEPLOYED.text(function.get("FunctionName")))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(steps, Stream.of("rekey-notify", "rekey-watch"))
                        .toList());
    }

    @Test
    void theFunctionsAreToldWhatTheyRead() throws IOException {
        var settings = Files.readString(
                Template.repository().resolve("functions/handlers/src/main/java/dev/rekey/handlers/Settings.java"));
        var read = new TreeSet<>(VARIABLE.matcher(settings)
                .results()
                .map(found -> found.group(1))
                .toList());
        assertThat(read.remove(PROCESS)).isTrue();

        var told = new TreeSet<String>(variables(TEMPLATE.globals()).keySet());
        FUNCTIONS.values().forEach(function -> told.addAll(variables(function).keySet()));
        told.removeIf(name -> name.startsWith("POWERTOOLS_"));
        assertThat(told.remove("AWS_EMF_ENVIRONMENT")).isTrue();

        assertThat(told).isEqualTo(read);
        assertThat(variables(FUNCTIONS.get("NotifyFunction"))).containsKey("REKEY_TOPIC");
        assertThat(variables(FUNCTIONS.get("WatchFunction"))).containsKey("REKEY_TOPIC");
    }

    /**
     * CloudFormation publishes a version when it sees that the function or the version's description changed. A parameter in
     * the environment is the same text whatever its value: the version would keep the old one. A parameter in the description
     * and not in the environment asks for a version of a function that has not changed, which Lambda refuses. Another Prefix
     * is another function.
     */
    @Test
    void whatAVersionIsDescribedByIsWhatItIsMadeOf() {
        var common = parameters(String.valueOf(variables(TEMPLATE.globals())));
        assertThat(FUNCTIONS).allSatisfy((name, function) -> {
            var told = parameters(String.valueOf(variables(function)));
            told.addAll(common);
            told.remove("Prefix");

            assertThat(told)
                    .as(name)
                    .isEqualTo(parameters(String.valueOf(function.get("VersionDescription"))))
                    .isEmpty();
        });
    }

    /** The parameters of the template that a text refers to. */
    private static Set<String> parameters(String text) {
        return REFERENCE
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(TEMPLATE.parameters()::containsKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Where many wait for a start; a function that is called once by an event must not meet a version that is asleep. */
    @Test
    void whatWorksOnSegmentsStartsFromASnapshot() {
        assertThat(TEMPLATE.globals()).doesNotContainKey("SnapStart");
        assertThat(FUNCTIONS.entrySet().stream()
                        .filter(function -> function.getValue().containsKey("SnapStart"))
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder(
                        "AnalyzeFunction", "MatchFunction", "MigrateFunction", "VerifyFunction", "RollbackFunction");
        assertThat(FUNCTIONS.get("NotifyFunction")).containsKey("DeadLetterQueue");
    }

    @Test
    void timeOutsNest() throws IOException {
        var invocation = String.valueOf(variables(TEMPLATE.globals()).get("REKEY_INVOCATION_SECONDS"));
        var bootstrap = new Bootstrap(
                Map.of("REKEY_BUCKET", "rekey", "REKEY_INVOCATION_SECONDS", invocation, "AWS_REGION", "us-east-1"));
        var tasks = tasks(new ObjectMapper().readTree(WorkflowDocument.template()))
                .filter(task -> !task.path("Resource").asText().endsWith(".waitForTaskToken"))
                .toList();

        assertThat(tasks).hasSizeGreaterThan(10).allSatisfy(task -> {
            int function = timeout(task.at("/Arguments/FunctionName").asText());
            long longest = step(task).longestInvocation(bootstrap).toSeconds();
            // Requests that were begun within the invocation end before the function is killed, and the answer needs a
            // moment.
            assertThat(longest + Invocation.GRACE.toSeconds() + 2)
                    .as("invocation in " + task)
                    .isLessThanOrEqualTo(function);
            assertThat(function)
                    .as("function in " + task)
                    .isLessThan(task.path("TimeoutSeconds").asInt());
            // What goes on in another invocation ends soon; what does not uses the time that it has.
            assertThat(longest)
                    .as("invocation in " + task)
                    .satisfiesAnyOf(
                            seconds -> assertThat(seconds).isEqualTo(Long.parseLong(invocation)),
                            seconds -> assertThat(seconds).isGreaterThanOrEqualTo(function - 90));
        });
        assertThat(FUNCTIONS.values())
                .extracting(function -> (Integer) function.get("Timeout"))
                .allSatisfy(timeout -> assertThat(timeout).isBetween(30, 900));
    }

    /** Lambda ends a sandbox that stands still before anybody takes the place of its worker. */
    @Test
    void noLeaseOutlivesItsFunction() {
        long invocation =
                Long.parseLong(String.valueOf(variables(TEMPLATE.globals()).get("REKEY_INVOCATION_SECONDS")));
        long waited = Duration.ofSeconds(invocation)
                .plus(Invocation.GRACE)
                .plus(Claim.MARGIN)
                .toSeconds();
        assertThat(List.of("Analyze", "Test", "Migrate", "Verify", "Rollback"))
                .allSatisfy(name ->
                        assertThat(timeout("${" + name + "Function}")).as(name).isLessThan((int) waited));
    }

    /** Elsewhere, Step Functions ends every execution: "The resource belongs to a different partition". */
    @Test
    void noResourceIsOfOnePartition() throws IOException {
        assertThat(WorkflowDocument.template())
                .contains("arn:${Partition}:states:::")
                .doesNotContain("arn:aws");
        assertThat(Files.readString(Template.repository().resolve("infra/template.yaml")))
                .doesNotContain("arn:aws:");
    }

    /** Whatever else a text holds: after a partial rollback, a verification counts what it finds rolled back. */
    @Test
    void theRuleSeesRollbacksAndPlansThatAreNotReady() {
        var events = Template.map(FUNCTIONS.get("NotifyFunction").get("Events"));
        var rule = Template.map(Template.map(events.get("Ended")).get("Properties"));
        var detail = Template.map(Template.map(rule.get("Pattern")).get("detail"));
        var succeeded = ((List<?>) detail.get("$or"))
                .stream()
                        .map(Template::map)
                        .filter(one -> one.containsKey("output"))
                        .toList();
        var wildcards = ((List<?>) succeeded.getFirst().get("output"))
                .stream()
                        .map(one -> String.valueOf(Template.map(one).get("wildcard")))
                        .toList();
        assertThat(succeeded).hasSize(1);
        assertThat(List.of(
                        "{\"run\":\"r\",\"outcome\":\"rolledBack\",\"drift\":1}",
                        "{\"run\":\"r\",\"outcome\":\"analyzed\",\"verdict\":\"not ready\"}"))
                .allMatch(output -> wildcards.stream().anyMatch(wildcard -> matches(wildcard, output)));
        assertThat(List.of(
                        "{\"outcome\":\"verified\",\"verification\":{\"rolledBack\":4,\"verdict\":\"passed\"}}",
                        "{\"outcome\":\"analyzed\",\"verdict\":\"ready with warnings\"}",
                        "{\"outcome\":\"migrated\",\"counts\":{\"copied\":4}}"))
                .noneMatch(output -> wildcards.stream().anyMatch(wildcard -> matches(wildcard, output)));
    }

    private static boolean matches(String wildcard, String text) {
        return text.matches(
                Stream.of(wildcard.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    /** SAM does not take it from the environment, as the other commands of the documents do. */
    @Test
    void everySamCommandOfTheDocumentsNamesItsRegion() throws IOException {
        try (var documents = Files.walk(Template.repository().resolve("docs"))) {
            var commands = documents
                    .filter(path -> path.toString().endsWith(".md"))
                    .flatMap(DeploymentTest::lines)
                    .filter(line -> SAM.matcher(line).find())
                    .toList();

            assertThat(commands)
                    .hasSizeGreaterThan(3)
                    .allSatisfy(line -> assertThat(line).contains("--region "));
        }
    }

    private static Stream<String> lines(Path document) {
        try {
            return Files.readAllLines(document).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WorkflowDocument.Step step(JsonNode task) {
        var function = FUNCTIONS.get(task.at("/Arguments/FunctionName").asText().replaceAll("[${}]", ""));
        var name = DEPLOYED.text(function.get("FunctionName"));
        return Arrays.stream(WorkflowDocument.Step.values())
                .filter(step -> step.functionName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theDashboardIsInTheConsoleOfItsPartition() {
        assertThat(TEMPLATE.mapping("Consoles"))
                .isNotEmpty()
                .allSatisfy((partition, console) -> assertThat(
                                ConsoleLink.of("arn:" + partition + ":states:here:111122223333:execution:m:x"))
                        .hasValueSatisfying(link -> assertThat(link)
                                .startsWith(
                                        "https://here." + Template.map(console).get("Domain") + "/")));
    }

    /** What a second of a function costs depends on its memory and its processor. */
    @Test
    void theForecastPricesTheFunctionsThatAreDeployed() throws IOException {
        JsonNode prices;
        try (var file = ConsoleLink.class.getResourceAsStream("/dev/rekey/engine/forecast/prices.json")) {
            prices = JSON.readTree(file);
        }
        assertThat(List.of("Analyze", "Match", "Judge", "Migrate", "Verify")).allSatisfy(name -> {
            var memory = (Integer) FUNCTIONS.get(name + "Function").get("MemorySize");
            assertThat(memory / 1_024.0)
                    .isCloseTo(prices.get("functionGigabytes").asDouble(), within(0.0005));
        });
        assertThat(TEMPLATE.globals().get("Architectures")).isEqualTo(List.of("arm64"));
        assertThat(prices.get("sources").toString()).contains("arm64");
    }

    @Test
    void everyFunctionHasARoleAndALogOfItsOwnThatIsNotKeptForEver() {
        assertThat(FUNCTIONS).allSatisfy((name, function) -> {
            var plain = name.replace("Function", "");
            assertThat(function.get("Role")).isEqualTo(Map.of("Fn::GetAtt", plain + "Role.Arn"));
            assertThat(Template.map(function.get("LoggingConfig")))
                    .containsEntry("LogGroup", Map.of("Ref", plain + "Log"))
                    .containsEntry("LogFormat", "JSON");
        });
        assertThat(TEMPLATE.ofType("AWS::Logs::LogGroup").values())
                .hasSize(FUNCTIONS.size() + 1)
                .allSatisfy(log -> assertThat(log).containsKey("RetentionInDays"));
    }

    @Test
    void nobodyWritesToOtherSourcesThanThoseChangedInPlaceAndReadersWriteToNoTable() {
        var writes = Permission.of(DEPLOYED).stream()
                .filter(permission ->
                        permission.action().matches("dynamodb:.*(Write|Put|Update|Delete|Create|PartiQL|\\*).*"))
                .toList();

        assertThat(writes)
                .isNotEmpty()
                .filteredOn(write -> !write.resource().endsWith("-prod"))
                .extracting(write -> write.role() + " " + write.action() + " "
                        + write.resource().replaceAll(".*/", ""))
                .containsExactlyInAnyOrder(
                        "test dynamodb:PutItem *-live-dev",
                        "test dynamodb:UpdateItem *-live-dev",
                        "migrate dynamodb:PutItem *-live-dev",
                        "migrate dynamodb:UpdateItem *-live-dev",
                        "rollback dynamodb:DeleteItem *-live-dev",
                        "rollback dynamodb:PutItem *-live-dev",
                        "rollback dynamodb:UpdateItem *-live-dev");
        assertThat(writes).extracting(Permission::role).containsOnly("test", "migrate", "rollback");
        assertThat(writes)
                .filteredOn(write -> write.action().equals("dynamodb:UpdateItem"))
                .hasSize(3);
    }

    private static Map<String, Object> variables(Map<String, Object> function) {
        return function.containsKey("Environment")
                ? Template.map(Template.map(function.get("Environment")).get("Variables"))
                : Map.of();
    }

    /** Of the function that a placeholder such as <code>${MigrateFunction}</code> stands for, in seconds. */
    private static int timeout(String placeholder) {
        return (Integer) FUNCTIONS
                .get(placeholder.substring(2, placeholder.length() - 1))
                .get("Timeout");
    }

    private static Stream<JsonNode> tasks(JsonNode node) {
        var inside = StreamSupport.stream(node.spliterator(), false).flatMap(DeploymentTest::tasks);
        return node.path("Type").asText().equals("Task") ? Stream.concat(Stream.of(node), inside) : inside;
    }
}
