package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.cli.deployment.LocalStacks.LocalStack;
import dev.rekey.cli.deployment.LocalStacks.Ports;
import dev.rekey.cli.deployment.LocalStacks.Settings;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Tables.Expected;
import dev.rekey.examples.ExampleRecord;
import dev.rekey.examples.ExampleTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Every command of the page on recovery, in the situation that its section describes, on a real stack. */
class RecoverPageTest {
    private static final Path HOME = Path.of(System.getProperty("rekey.root")).toAbsolutePath();
    private static final RecoverPage PAGE = RecoverPage.read(HOME.resolve("docs/operating/recover.md"));
    private static final String SLOW = "limits: { writeUnitsPerSecond: 4 }";
    private static final int RECORDS = 30;

    @TempDir
    static Path directory;

    private static LocalStack stack;
    private static int worlds;

    private final String world = "w" + worlds++;
    private final Shell shell = ProcessStack.shell(directory);

    @BeforeAll
    static void start() {
        stack = ProcessStack.stacks().start(new Settings(Ports.FREE, true, directory.resolve(".rekey")));
    }

    @AfterAll
    static void stop() {
        stack.close();
        assertThat(PAGE.notRun()).as("commands of the page that no test runs").isEmpty();
    }

    private Thread obstructing = Thread.currentThread();
    private volatile Map<String, AttributeValue> deleted = Map.of();

    /** 10 contacts, each with two projects. */
    @BeforeEach
    void load() {
        var id = new ExampleTable.Attribute("id", ScalarAttributeType.S);
        var tables = List.of(ExampleTable.of("Contacts", id), ExampleTable.of("Projects", id));
        var loader = stack.loader();
        loader.create(tables, name -> name + "-" + world + "-a");
        loader.create(tables, name -> name + "-" + world + "-b");
        var contacts = IntStream.range(0, 10)
                .mapToObj(i -> new ExampleRecord("Contacts", Map.of("id", AttributeValue.fromS("c" + i))));
        var projects = IntStream.range(0, 20).mapToObj(i -> new ExampleRecord("Projects", project(i)));
        loader.load(Stream.concat(contacts, projects), name -> name + "-" + world + "-a");
        plan("");
    }

    private static Map<String, AttributeValue> project(int i) {
        return Map.of("id", AttributeValue.fromS("p" + i), "ownerId", AttributeValue.fromS("c" + i / 2));
    }

    private void plan(String more) {
        shell.file("plan.yaml", """
            plan: small
            source: { tables: "{table}-%1$s-a" }
            target: { tables: "{table}-%1$s-b" }
            identity: { rule: derive, namespace: n }
            %2$s
            tables:
              Contacts: {}
              Projects: { identity: { rule: keep }, references: { ownerId: Contacts } }
            """.formatted(world, more));
    }

    /** Somebody deletes one of the copied projects again and again: level 2 does not pass its verification. */
    private void obstruct() {
        var key = new Key(Map.of("id", AttributeValue.fromS("p3")));
        obstructing = Thread.ofVirtual().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                copied().ifPresent(item -> {
                    var _ = stack.tables().delete(target("Projects"), key, new Expected.Attributes(item));
                    deleted = item;
                });
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
        });
    }

    private Optional<Map<String, AttributeValue>> copied() {
        var scan = new dev.rekey.engine.store.Tables.Scan(target("Projects"), 0, 1, Optional.empty(), 0, true);
        return stack.tables().scan(scan).items().stream()
                .filter(item -> item.get("id").s().equals("p3"))
                .findFirst();
    }

    private void clear() throws InterruptedException {
        obstructing.interrupt();
        obstructing.join();
    }

    private void clearAndPutBack() throws InterruptedException {
        clear();
        put("Projects", deleted);
    }

    private void put(String table, Map<String, AttributeValue> item) {
        var _ = stack.tables().putAll(target(table), List.of(item));
    }

    private PhysicalTable target(String table) {
        return new PhysicalTable(table + "-" + world + "-b");
    }

    private long targetRecords() {
        var found = 0L;
        for (var table : List.of("Contacts", "Projects")) {
            var scan = new dev.rekey.engine.store.Tables.Scan(target(table), 0, 1, Optional.empty(), 0, true);
            found += stack.tables().scan(scan).items().size();
        }
        return found;
    }

    /** Runs the next command of the section; exit code. */
    private int next(String section, String run) {
        return shell.run(PAGE.next(section).words(run));
    }

    /** A migration that is done; its run. */
    private String migrated() {
        assertThat(shell.run("migrate", "plan.yaml", "--local", "--json", "--yes"))
                .as(shell.out())
                .isZero();
        return run();
    }

    /** A migration that failed halfway and was left so; its run. */
    private String leftUnfinished() {
        obstruct();
        assertThat(shell.run("migrate", "plan.yaml", "--on-failure", "stop", "--local", "--json", "--yes"))
                .isEqualTo(6);
        return run();
    }

    private String run() {
        return shell.json().at("/run").asText();
    }

    /** A migration that is at work, slowly. */
    private final class AtWork {
        final CompletableFuture<Integer> exitCode;
        final String run;

        AtWork() throws InterruptedException {
            plan(SLOW);
            var other = ProcessStack.shell(directory);
            exitCode = CompletableFuture.supplyAsync(
                    () -> other.run("migrate", "plan.yaml", "--local", "--json", "--yes"));
            var deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
            var newest = Optional.<String>empty();
            while (newest.isEmpty() && System.nanoTime() < deadline && !exitCode.isDone()) {
                Thread.sleep(100);
                newest = unfinished().stream().filter(_ -> targetRecords() > 0).findFirst();
            }
            run = newest.orElseThrow();
        }
    }

    /** Runs that are migrating, or were when they stopped. */
    private List<String> unfinished() {
        shell.run("runs", "--local", "--json");
        return shell.json()
                .at("/runs")
                .valueStream()
                .filter(one -> one.at("/phase").asText().equals("migrating"))
                .map(one -> one.at("/run").asText())
                .toList();
    }

    @Test
    void aFirstLook() {
        var section = "When something goes wrong";
        var run = migrated();
        assertThat(next(section, run)).isZero();
        assertThat(shell.out()).contains(run);
        assertThat(next(section, run)).isZero();
        assertThat(next(section, run)).isZero();
        assertThat(shell.out()).contains("The hash chain of");
    }

    @Test
    void aMigrationFailedAndWasTakenBack() throws InterruptedException {
        var section = "A migration ended with exit code 7";
        obstruct();
        // Not 7: what somebody deleted is listed as drift.
        assertThat(shell.run("migrate", "plan.yaml", "--local", "--json", "--yes"))
                .isEqualTo(5);
        var run = run();
        assertThat(next(section, run)).isZero();
        assertThat(shell.out()).contains("rolledBack");
        clear();
        assertThat(next(section, run)).as(shell.err()).isZero();
        assertThat(targetRecords()).isEqualTo(RECORDS);
    }

    @Test
    void aRunIsUnfinished() throws InterruptedException {
        var section = "A command ended with exit code 6";
        var run = leftUnfinished();
        assertThat(next(section, run)).isZero();
        clearAndPutBack();
        assertThat(next(section, run)).as(shell.err()).isZero();
        assertThat(targetRecords()).isEqualTo(RECORDS);
        assertThat(shell.run("rollback", "--run", run, "--local", "--yes")).isZero();

        // What somebody deleted is listed as drift.
        assertThat(next(section, leftUnfinished())).as(shell.err()).isEqualTo(5);
        clear();
        assertThat(targetRecords()).isZero();
    }

    @Test
    void aRunStoppedWhileItWasPrepared() {
        var section = "A run stopped while it was prepared";
        var run = new RunId("20260102T030405678Z-0123abcd");
        try (var deployment = stack.deployment()) {
            var control = Documents.encode(Control.start(Phase.ANALYZING, "arn:of:no:execution"));
            deployment.objects().put(new RunFolder(run).control(), control);
        }
        assertThat(shell.run("runs", "--local")).isZero();
        assertThat(shell.out()).containsPattern(run + " .* preparing, no worker ");
        assertThat(next(section, run.value())).as(shell.err()).isZero();
        assertThat(shell.run("runs", "--local")).isZero();
        assertThat(shell.out()).containsPattern(run + " .* refused ");
    }

    @Test
    void aFailureLeavesEverythingForALook() throws InterruptedException {
        var section = "You want to look before anything is taken back";
        obstruct();
        assertThat(next(section, "")).isEqualTo(6);
        assertThat(targetRecords()).isGreaterThan(1);
        var run = unfinished().getFirst();
        clearAndPutBack();
        assertThat(next(section, run)).as(shell.err()).isZero();
        assertThat(targetRecords()).isEqualTo(RECORDS);
    }

    @Test
    void itMustStopNow() throws Exception {
        var section = "It must stop now";
        var first = new AtWork();
        assertThat(next(section, first.run)).as(shell.err()).isZero();
        assertThat(shell.out() + shell.err()).contains("All writers stopped");
        assertThat(first.exitCode.get()).isEqualTo(6);
        assertThat(shell.run("rollback", "--run", first.run, "--local", "--yes"))
                .as(shell.err())
                .isZero();

        var second = new AtWork();
        assertThat(next(section, second.run)).as(shell.err()).isZero();
        assertThat(targetRecords()).isZero();
        assertThat(second.exitCode.get()).isEqualTo(6);

        var third = new AtWork();
        assertThat(next(section, "")).as(shell.err()).isZero();
        assertThat(targetRecords()).isZero();
        assertThat(third.exitCode.get()).isEqualTo(6);
    }

    @Test
    void itTakesCapacityFromTheApplication() throws Exception {
        var section = "It takes capacity from the application";
        var work = new AtWork();
        assertThat(next(section, work.run)).as(shell.err()).isZero();
        assertThat(next(section, work.run)).as(shell.err()).isZero();
        assertThat(next(section, work.run)).as(shell.err()).isZero();
        assertThat(work.exitCode.get()).isZero();
        assertThat(targetRecords()).isEqualTo(RECORDS);
    }

    @Test
    void anotherRunHoldsTheTable() throws InterruptedException {
        var section = "Another run holds the table";
        var run = leftUnfinished();
        assertThat(shell.run("migrate", "plan.yaml", "--local", "--yes")).isEqualTo(3);
        assertThat(shell.err()).contains(run);
        assertThat(next(section, run)).isZero();
        assertThat(next(section, run)).as(shell.err()).isEqualTo(5);
        clear();
        migrated();
    }

    @Test
    void theMigrationIsNotWantedAfterAll() {
        var section = "The migration was right, but is not wanted after all";
        var run = migrated();
        put("Projects", Map.of("id", AttributeValue.fromS("p3"), "note", AttributeValue.fromS("changed since")));
        assertThat(next(section, run)).isEqualTo(5);
        assertThat(targetRecords()).isOne();
        assertThat(next(section, run)).as(shell.err()).isZero();
        assertThat(targetRecords()).isZero();

        var table = migrated();
        assertThat(next(section, table)).as(shell.err()).isZero();
        assertThat(targetRecords()).isEqualTo(10);
        assertThat(shell.run("rollback", "--run", table, "--local", "--yes")).isZero();

        assertThat(next(section, migrated())).as(shell.err()).isZero();
        assertThat(targetRecords()).isZero();
    }

    @Test
    void anObjectOfTheUndoLogIsGone() {
        var section = "An object of the undo log is gone";
        var run = migrated();
        try (var deployment = stack.deployment()) {
            var bucket = deployment.objects();
            var page = bucket.list("runs/" + run + "/log/", Optional.empty())
                    .keys()
                    .getFirst();
            var content = bucket.get(page).orElseThrow().content();
            bucket.delete(page);
            assertThat(shell.run("rollback", "--run", run, "--local", "--yes")).isEqualTo(3);
            assertThat(shell.err()).contains(page.name()).contains("Nothing was changed.");
            assertThat(shell.run("verify", "--run", run, "--local")).isEqualTo(3);
            assertThat(targetRecords()).isEqualTo(RECORDS);
            bucket.put(page, content);
        }
        assertThat(next(section, run)).as(shell.err()).isZero();
        assertThat(targetRecords()).isZero();
    }

    @Test
    void theTargetIsLookedAtAgain() {
        var section = "Is the target right?";
        assertThat(next(section, migrated())).as(shell.err()).isZero();
    }

    /** So that no test finds the unfinished run of another. */
    @AfterEach
    void nothingIsUnfinished() {
        assertThat(unfinished()).isEmpty();
    }
}
