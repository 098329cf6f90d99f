package dev.rekey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.aws.turn.SystemTime;
import dev.rekey.cli.console.Interruption;
import dev.rekey.cli.wiring.LocalFiles;
import dev.rekey.cli.wiring.Stacks;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands with real stacks on this machine. */
class LocalStackLifecycleTest {
    private static final Path HOME = Path.of(System.getProperty("rekey.root")).toAbsolutePath();
    private static final String[] UP = {
        "up", "--json", "--in-memory", "--dynamodb-port=0", "--s3-port=0", "--stepfunctions-port=0", "--lambda-port=0"
    };

    private final Path directory;
    private Runnable whileUp = () -> {};

    LocalStackLifecycleTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void commandsJoinTheStackThatRuns() {
        var up = shell();
        var other = shell();
        other.file("plan.yaml", """
            plan: nothing-there
            source: { tables: "{table}-a" }
            target: { tables: "{table}-b" }
            identity: { rule: derive, namespace: n }
            tables: { Contacts: {} }
            """);
        whileUp = () -> {
            assertThat(other.run("runs", "--local")).isZero();
            assertThat(other.out()).startsWith("There are no runs in bucket rekey.");
            theTableIsMissed(other);
            theDataIsInUse(other);
            thePortIsTaken(other, up.json());
        };

        assertThat(up.run(UP)).isZero();
        assertThat(up.json().at("/AWS_ENDPOINT_URL_SFN").asText()).startsWith("http://127.0.0.1:");
        assertThat(up.err()).contains("Ctrl-C stops it.");
    }

    private static void theTableIsMissed(Shell shell) {
        assertThat(shell.run("analyze", "plan.yaml", "--local", "--json")).isEqualTo(3);
        assertThat(shell.json().at("/error").asText()).isEqualTo("Rekey.Refused");
        assertThat(shell.json().at("/message").asText()).contains("Contacts-a");
    }

    private static void theDataIsInUse(Shell shell) {
        assertThat(shell.run(UP)).isEqualTo(3);
        assertThat(shell.json().at("/error").asText()).isEqualTo("LocalStack.DATA_IN_USE");
    }

    private static void thePortIsTaken(Shell shell, JsonNode exports) {
        int port = URI.create(exports.at("/AWS_ENDPOINT_URL_DYNAMODB").asText()).getPort();
        assertThat(shell.run("up", "--data", "elsewhere", "--dynamodb-port", String.valueOf(port)))
                .isEqualTo(3);
        assertThat(shell.err()).contains("on port " + port).contains("Nothing was started.");
    }

    @Test
    void theTourIsAsExpected() {
        var shell = shell();

        assertThat(shell.run("demo", "--records", "100", "--json"))
                .as(shell.out() + shell.err())
                .isZero();

        assertThat(shell.json().at("/steps").size()).isEqualTo(6);
        assertThat(shell.json().at("/reports"))
                .hasSize(5)
                .allSatisfy(page -> assertThat(Path.of(page.asText())).content().startsWith("<!doctype html>"));
        assertThat(directory.resolve(".rekey/demo")).isDirectoryContaining(Files::isDirectory);
    }

    private Shell shell() {
        var time = new SystemTime();
        var random = new SecureRandom();
        var files = new LocalFiles(Optional.of(HOME), Optional.empty(), Path.of(System.getProperty("java.home")));
        var stacks = new Stacks(Map.of(), files, time, random);
        return new Shell(
                directory,
                console -> new Environment(
                        console, directory, Optional.of(HOME), time, random, stacks, stacks, new Pressed()));
    }

    /** Ctrl-C comes when the test has done what it wants to do while the stack is up. */
    private final class Pressed implements Interruption {
        @Override
        public Registration beforeTheEnd(Runnable last) {
            return () -> {};
        }

        @Override
        public void await() {
            whileUp.run();
        }
    }
}
