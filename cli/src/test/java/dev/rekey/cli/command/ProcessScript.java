package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The commands of an example's script, run one after the other by a test, which says what each is. */
final class ProcessScript {
    private static final Pattern COMMAND = Pattern.compile("rekey .*");
    private static final Pattern KEPT_RUN = Pattern.compile("(\\w+)=\\$\\(last_run\\)");
    private static final Pattern KEPT_ANSWER = Pattern.compile("(\\w+)=\\$\\(cat \"\\$data/last\"\\)");
    private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+)");
    private static final Pattern RUN = Pattern.compile("(?m)^run +(\\S+)");

    private final Deque<String> lines = new ArrayDeque<>();
    private final Map<String, String> variables = new HashMap<>();
    private final Shell shell;

    ProcessScript(Path example, Shell shell) {
        this.shell = shell;
        variables.put("plan", example.resolve("plan.yaml").toString());
        try {
            Files.readAllLines(example.resolve("process.sh")).stream()
                    .filter(line -> List.of(COMMAND, KEPT_RUN, KEPT_ANSWER).stream()
                            .anyMatch(pattern -> pattern.matcher(line).matches()))
                    .map(line -> line.replaceFirst("^rekey ", ""))
                    .forEach(lines::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same script, which names another file beside the plan. */
    ProcessScript with(String variable, Path file) {
        variables.put(variable, file.toString());
        return this;
    }

    /** Runs the next line, which must be this command (without quotes) and end with exit code 0; what it prints. */
    String output(String command) {
        assertThat(next().replace("\"", "")).isEqualTo(command);
        var words = Arrays.stream(command.split(" ")).map(this::value).toList();
        var all = new ArrayList<>(words);
        all.add("--local");
        assertThat(shell.run(all.toArray(String[]::new)))
                .as(shell.out() + shell.err())
                .isZero();
        return shell.out();
    }

    /** The next line keeps the run of the last command in {@code variable}. */
    void keepsRun(String variable) {
        var kept = KEPT_RUN.matcher(next());
        assertThat(kept.matches()).isTrue();
        assertThat(kept.group(1)).isEqualTo(variable);
        var run = RUN.matcher(shell.out()).results().reduce((_, last) -> last).orElseThrow();
        variables.put(variable, run.group(1));
    }

    /** The next line keeps in {@code variable} what the last command printed. */
    void keepsAnswer(String variable) {
        var kept = KEPT_ANSWER.matcher(next());
        assertThat(kept.matches()).isTrue();
        assertThat(kept.group(1)).isEqualTo(variable);
        variables.put(variable, shell.out().strip());
    }

    /** The lines that were not run. */
    List<String> rest() {
        return List.copyOf(lines);
    }

    private String next() {
        assertThat(lines).isNotEmpty();
        return lines.removeFirst();
    }

    private String value(String word) {
        var variable = VARIABLE.matcher(word);
        return variable.matches() ? variables.get(variable.group(1)) : word;
    }
}
