package dev.rekey.local.migration;

import static dev.rekey.local.migration.SmallWorld.n;
import static dev.rekey.local.migration.SmallWorld.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.local.template.Deployed;
import dev.rekey.local.template.Permission;
import dev.rekey.local.template.Template;
import dev.rekey.local.template.Unseen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/**
 * The template allows each function what it needs and nothing else. Comes after all other tests, so that it sees what the
 * functions did in them.
 */
@Order(Integer.MAX_VALUE)
@Isolated("It comes when the others are done.")
final class LeastPrivilegeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final KeyAttribute FOLDER = new KeyAttribute("folder", KeyType.S);
    private static final KeyAttribute ID = new KeyAttribute("id", KeyType.S);

    /** Ids that are sort keys, and records that stand in the target's place. */
    private static final String CORNERS = """
        plan: corners
        source: { tables: "{table}-corners-dev" }
        target: { tables: "{table}-corners-prod" }
        identity: { rule: keep }
        families:
          Tenants: { rule: lookup, mapping: { table: tenants-corners-map, from: id, to: to } }
        tables:
          Notes: { key: { folder: keep, id: self }, onConflict: overwrite }
          Owners: { references: { tenant: Tenants } }
          Links:
            references: { noteId: Notes, ownerId: Owners }
            set: { tenant: { through: ownerId, take: tenant } }
        """;

    private static final Deployed DEPLOYED = new Deployed(Template.read());

    @BeforeAll
    static void doWhatTheOthersDoNot() throws Exception {
        boolean alone = Recorder.used().isEmpty();
        var stack = WholeStack.started();
        for (var side : List.of("dev", "prod")) {
            SmallWorld.createTable(stack.db(), "Notes-corners-" + side, List.of(FOLDER, ID));
            SmallWorld.createTable(stack.db(), "Owners-corners-" + side, List.of(ID));
            SmallWorld.createTable(stack.db(), "Links-corners-" + side, List.of(ID));
            put(stack, "Notes-corners-" + side, Map.of("folder", s("f"), "id", s("n1"), "side", s(side)));
        }
        SmallWorld.createTable(stack.db(), "tenants-corners-map", List.of(ID));
        put(stack, "tenants-corners-map", Map.of("id", s("t1"), "to", s("t2")));
        put(stack, "Owners-corners-dev", Map.of("id", s("o1"), "tenant", s("t1")));
        put(stack, "Links-corners-dev", Map.of("id", s("l1"), "noteId", s("n1"), "ownerId", s("o1")));
        assertSucceeded(run(stack, "test", Map.of("table", "Links")));
        // What this refers to is in the target only.
        put(stack, "Notes-corners-prod", Map.of("folder", s("f"), "id", s("n2"), "size", n(1)));
        put(stack, "Owners-corners-prod", Map.of("id", s("o2")));
        put(stack, "Links-corners-dev", Map.of("id", s("l2"), "noteId", s("n2"), "ownerId", s("o2")));
        analyzeWhatIsInTheWay(stack);
        put(stack, "Links-corners-dev", Map.of("id", s("l0"), "noteId", s("n1"), "ownerId", s("o1")));
        stack.put("plans/corners.yaml", CORNERS);
        var migrated = run(stack, "migrate", Map.of("plan", "s3://rekey/plans/corners.yaml"));
        assertSucceeded(migrated);
        var id = JSON.readTree(migrated.output()).at("/run").asText();
        // What the links refer to is looked up in the target alone.
        var links = input("migrate");
        links.putArray("tables").add("Links");
        assertSucceeded(stack.run(links));
        verifyWhatIsMissing(stack, id);
        bringALaterReference(stack, id);
        assertSucceeded(stack.run(
                input("rollback").put("run", id).put("exclusive", true).put("verify", true)));
        changeInPlace(stack);
        merge(stack);
        var locked = "{\"format\": 1, \"holder\": {\"run\": \"%s\"}}".formatted(id);
        stack.put("locks/000000000000/us-east-1/a-table-of-nobody.json", locked);
        assertThat(stack.watch()).isEqualTo("{\"pausedHours\":0,\"reminders\":0}");
        if (alone) {
            letOthersDoTheRest();
        }
    }

    /** A record whose update was not answered is read again. */
    private static void changeInPlace(WholeStack stack) throws Exception {
        var table = "Notes-corners-live-dev";
        SmallWorld.createTable(stack.db(), table, List.of(ID));
        put(stack, table, Map.of("id", s("n1"), "size", n(1)));
        LostUpdates.loseNext(table);
        var plan = """
            plan: corners
            mode: inPlace
            source: { tables: "{table}-corners-live-dev" }
            tables: { Notes: { set: { seen: true } } }
            """;
        var migrated = stack.run(input("migrate").put("plan", plan));
        assertSucceeded(migrated);
        assertThat(LostUpdates.isPending(table)).isFalse();
        put(stack, table, Map.of("id", s("n2"), "size", n(1)));
        assertSucceeded(
                stack.run(input("test").put("plan", plan).put("table", "Notes").put("id", "n2")));
        var run = JSON.readTree(migrated.output()).at("/run").asText();
        assertSucceeded(stack.run(input("verify").put("run", run)));
        assertSucceeded(stack.run(input("rollback").put("run", run).put("verify", true)));
    }

    /** Records that are to be merged are looked up by ids that are the whole key, a part of it, or its sort key. */
    private static void merge(WholeStack stack) {
        for (var table : List.of(
                "Owners: { merge: { into: { o1: o2 } } }",
                "Notes: { merge: { into: { f: g } } }",
                "Notes: { key: { folder: keep, id: self }, merge: { into: { n1: n2 } } }")) {
            var plan = """
                plan: corners
                source: { tables: "{table}-corners-dev" }
                target: { tables: "{table}-corners-prod" }
                identity: { rule: keep }
                tables: { %s }
                """.formatted(table);
            assertSucceeded(stack.run(input("analyze").put("plan", plan)));
        }
    }

    /** A record that a reference names in vain is looked for in the source. */
    private static void verifyWhatIsMissing(WholeStack stack, String run) {
        var note = Map.of("folder", s("f"), "id", s("n1"));
        var kept = stack.db()
                .deleteItem(request ->
                        request.tableName("Notes-corners-prod").key(note).returnValues("ALL_OLD"));
        var verified = stack.run(input("verify").put("run", run));
        assertThat(verified.statusAsString()).isEqualTo("FAILED");
        assertThat(verified.error()).isEqualTo("Rekey.VerificationFailed");
        put(stack, "Notes-corners-prod", kept.attributes());
    }

    /** What a later run wrote is looked at before an earlier one is rolled back. */
    private static void bringALaterReference(WholeStack stack, String first) throws Exception {
        stack.db().deleteItem(request -> request.tableName("Links-corners-dev").key(Map.of("id", s("l0"))));
        put(stack, "Links-corners-dev", Map.of("id", s("l3"), "noteId", s("n1"), "ownerId", s("o1")));
        var later = run(stack, "migrate", Map.of("plan", "s3://rekey/plans/corners.yaml"));
        assertSucceeded(later);
        // What is not in the source any more is read in the target.
        assertThat(JSON.readTree(later.output()).at("/remaining/gone").asInt()).isOne();
        var refused = stack.run(input("rollback").put("run", first));
        assertThat(refused.error()).isEqualTo("Rekey.Refused");
        var run = JSON.readTree(later.output()).at("/run").asText();
        assertThat(refused.cause()).contains(run);
        assertSucceeded(stack.run(input("rollback").put("run", run)));
    }

    private static void analyzeWhatIsInTheWay(WholeStack stack) {
        for (var id : List.of("l1", "l2")) {
            put(stack, "Links-corners-prod", Map.of("id", s(id), "note", s("not ours")));
        }
        // Where an orphan may be kept, a conflict depends on whether there is a record.
        var lenient = CORNERS.replace(
                "{ noteId: Notes, ownerId: Owners }",
                "{ noteId: { family: Notes, onOrphan: keep }, ownerId: { family: Owners, onOrphan: keep } }");
        assertThat(lenient).isNotEqualTo(CORNERS);
        assertSucceeded(run(stack, "analyze", Map.of("plan", lenient)));
        // A sample looks records up that it has not read: those of l2 are not in the source.
        var l1 = Map.of("id", s("l1"));
        var kept = stack.db()
                .deleteItem(request ->
                        request.tableName("Links-corners-dev").key(l1).returnValues("ALL_OLD"));
        assertSucceeded(stack.run(input("analyze").put("sample", 1)));
        put(stack, "Links-corners-dev", kept.attributes());
        lookForRecordsOfAPartition(stack);
        for (var id : List.of("l1", "l2")) {
            stack.db()
                    .deleteItem(
                            request -> request.tableName("Links-corners-prod").key(Map.of("id", s(id))));
        }
    }

    /** An id that is a part of the key leads to any number of records: none of this one, in the source and in the target. */
    private static void lookForRecordsOfAPartition(WholeStack stack) {
        var table = "Links-corners-dev";
        var l3 = Map.of("id", s("l3"));
        put(stack, table, Map.of("id", s("l3"), "noteFolder", s("nowhere")));
        put(stack, "Links-corners-prod", Map.of("id", s("l3"), "note", s("not ours")));
        var plan = """
            plan: corners
            source: { tables: "{table}-corners-dev" }
            target: { tables: "{table}-corners-prod" }
            identity: { rule: keep }
            tables:
              Notes: { onConflict: overwrite }
              Links: { references: { noteFolder: { family: Notes, onOrphan: keep } } }
            """;
        assertSucceeded(stack.run(input("analyze").put("plan", plan)));
        List.of(table, "Links-corners-prod")
                .forEach(name ->
                        stack.db().deleteItem(request -> request.tableName(name).key(l3)));
    }

    @Test
    void whatIsUsedIsAllowedAndWhatIsAllowedIsUsed() {
        assertThat(differences(Permission.of(DEPLOYED), needed())).isEmpty();
    }

    @Test
    void takingAwayAnySinglePermissionIsNoticed() {
        var all = Permission.of(DEPLOYED);
        // What the same permissions allow, the same permission denies.
        var needed = List.copyOf(needed().stream()
                .collect(Collectors.toMap(
                        need -> all.stream().filter(one -> one.covers(need)).toList(), need -> need, (one, _) -> one))
                .values());
        assertThat(all).hasSizeGreaterThan(150).doesNotHaveDuplicates().allSatisfy(one -> {
            var others = new ArrayList<>(all);
            others.remove(one);
            assertThat(differences(others, needed)).as("without " + one).isNotEmpty();
        });
    }

    @Test
    void anyPermissionTooManyIsNoticed() {
        var more =
                new Permission("analyze", "dynamodb:PutItem", "arn:aws:dynamodb:us-east-1:000000000000:table/*-prod");

        assertThat(differences(
                        Stream.concat(Permission.of(DEPLOYED).stream(), Stream.of(more))
                                .toList(),
                        needed()))
                .containsExactly("allowed and not used: " + more);
    }

    private static Set<String> differences(List<Permission> allowed, List<Permission> needed) {
        var found = new TreeSet<String>();
        needed.stream()
                .filter(need -> allowed.stream().noneMatch(one -> one.covers(need)))
                .forEach(need -> found.add("used and not allowed: " + need));
        allowed.stream()
                .filter(one -> needed.stream().noneMatch(one::covers))
                .forEach(one -> found.add("allowed and not used: " + one));
        return found;
    }

    /** What the functions have used, and what no test on this machine can see. */
    private static List<Permission> needed() {
        var used = Recorder.used().stream()
                .map(one -> new Permission(one.function().replace("rekey-", ""), one.action(), one.resource()));
        return Stream.concat(used, Unseen.permissions(DEPLOYED).stream())
                .distinct()
                .toList();
    }

    /** Alone, this test has not seen what others do: then it lets them run. Whether they pass is told by themselves. */
    private static void letOthersDoTheRest() {
        var others = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectPackage(LeastPrivilegeTest.class.getPackageName()))
                .filters(includeClassNamePatterns(".*LifecycleTest"))
                .build();
        var summary = new SummaryGeneratingListener();
        LauncherFactory.create().execute(others, summary);
        assertThat(summary.getSummary().getTestsSucceededCount()).isPositive();
    }

    private static DescribeExecutionResponse run(WholeStack stack, String action, Map<String, String> more) {
        var input = input(action);
        more.forEach(input::put);
        return stack.run(input);
    }

    private static ObjectNode input(String action) {
        return JSON.createObjectNode()
                .put("action", action)
                .put("plan", CORNERS)
                .put("confirm", "corners");
    }

    private static void assertSucceeded(DescribeExecutionResponse execution) {
        assertThat(execution.statusAsString()).as(execution.cause()).isEqualTo("SUCCEEDED");
    }

    private static void put(
            WholeStack stack,
            String table,
            Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> item) {
        stack.db().putItem(request -> request.tableName(table).item(item));
    }
}
