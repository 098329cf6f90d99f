package dev.rekey.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./bench/run}. */
@Command(
        name = "bench/run",
        mixinStandardHelpOptions = true,
        description = "Measures Rekey beside the fastest plain loops, on this machine.")
public final class Bench implements Callable<Integer> {
    private static final String PAGE = "performance.md";
    private static final long USUAL_BYTES = 1_000;
    private static final Pattern SET = Pattern.compile(
            "(promotion|in-place|in-use|merge|(?<bytes>[1-9][0-9]{0,5}))(:(?<records>[1-9][0-9]{0,7}))?");

    @Option(
            names = "--records",
            defaultValue = "100000",
            description = "Number of records (default: ${DEFAULT-VALUE}).")
    private int records;

    @Option(
            names = "--data",
            split = ",",
            defaultValue = "1000,promotion,400,10000",
            paramLabel = "SET",
            description =
                    "Sizes of records in bytes, 'in-place', 'in-use', 'merge', or 'promotion' for the example of that name"
                            + " (default: ${DEFAULT-VALUE}). There are so many fewer of more than 1,000 bytes as they are larger."
                            + " 'promotion:8000' has a number of records of its own. 'in-place' adds an attribute to records of"
                            + " 1,000 bytes, 'in-use' copies them in batches and on condition. 'merge' analyzes them with plans"
                            + " that merge records and take values of others.")
    private List<String> data;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds that count (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--json", description = "One JSON document on standard output, nothing else.")
    private boolean json;

    @Option(
            names = "--write",
            paramLabel = "FOLDER",
            description =
                    "Also write the tables of performance.md and performance.svg, or with --clean its memory, there.")
    private Path folder;

    @Option(
            names = "--clean",
            paramLabel = "N",
            description = "Instead, migrate, verify and roll back N clean records: none may be reported.")
    private int clean;

    @Spec
    private CommandSpec command;

    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (clean > 0) {
            try (var stack = started(new Spans(System::nanoTime))) {
                var page = machine() + ".\n\n" + new CleanRecords(stack, System::nanoTime, clean).verified();
                if (folder != null) {
                    write("clean records", page);
                }
                System.out.print(page);
            }
            return 0;
        }
        var all = new ArrayList<Figures>();
        for (var set : asked()) {
            var spans = new Spans(System::nanoTime);
            // Each with stores of its own: what one leaves behind must not slow down the next.
            try (var stack = started(spans)) {
                all.add(set.measure(stack, spans));
            }
            write(all);
        }
        System.out.print(json ? json(all).toPrettyString() + "\n" : markdown(all));
        return 0;
    }

    private static BenchStack started(Spans spans) throws IOException, InterruptedException {
        return BenchStack.start(
                Files.createTempDirectory("rekey-bench"), Path.of(System.getProperty("rekey.stores")), spans);
    }

    /** After each set: a measurement of hours that breaks off leaves what it had. */
    private void write(List<Figures> all) throws IOException {
        if (folder != null) {
            Files.writeString(folder.resolve("performance.svg"), all.getFirst().svg());
            write("measured", markdown(all));
        }
    }

    /** One of the sets that were asked for. */
    @FunctionalInterface
    private interface Asked {
        Figures measure(BenchStack stack, Spans spans);
    }

    /** All of them, before anything is measured. */
    private List<Asked> asked() throws IOException {
        var all = new ArrayList<Asked>();
        for (var name : data) {
            all.add(asked(name));
        }
        return all;
    }

    private Asked asked(String name) throws IOException {
        var parts = SET.matcher(name);
        if (!parts.matches()) {
            throw new ParameterException(
                    command.commandLine(),
                    "Neither a size of records nor 'promotion', 'in-place', 'in-use' or 'merge': " + name);
        }
        int number = parts.group("records") == null ? records : Integer.parseInt(parts.group("records"));
        if (parts.group("bytes") != null) {
            int bytes = Integer.parseInt(parts.group("bytes"));
            return copied(
                    DataSet.sized((int) Math.min(number, number * USUAL_BYTES / bytes), bytes, Integer.MAX_VALUE));
        }
        if (name.startsWith("promotion")) {
            return copied(DataSet.promotion(number));
        }
        if (name.startsWith("in-use")) {
            var set = DataSet.sized(number, (int) USUAL_BYTES, Integer.MAX_VALUE);
            return (stack, spans) -> new InUseRounds(stack, spans, System::nanoTime, set).measure(rounds);
        }
        if (name.startsWith("merge")) {
            return (stack, _) -> new MergeRounds(stack, System::nanoTime, new MergeRecords(number)).measure(rounds);
        }
        return (stack, spans) ->
                new InPlaceRounds(stack, spans, System::nanoTime, new InPlaceRecords(number).set()).measure(rounds);
    }

    private Asked copied(DataSet set) {
        return (stack, spans) -> {
            var measuring = new Rounds(stack, spans, System::nanoTime, set);
            return new Figures(set, measuring.measure(rounds), List.of(measuring.costs()));
        };
    }

    private static ObjectNode json(List<Figures> all) {
        var json = JsonNodeFactory.instance.objectNode().put("machine", machine());
        var sets = json.putArray("sets");
        all.forEach(one -> sets.add(one.json()));
        return json;
    }

    private static String markdown(List<Figures> all) {
        return machine() + ".\n\n" + all.stream().map(Figures::markdown).collect(Collectors.joining("\n"));
    }

    private static String machine() {
        return Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.name") + ", Java "
                + System.getProperty("java.version") + ", "
                + LocalDate.now(ZoneOffset.UTC);
    }

    /** Puts {@code measured} between the comment that begins with {@code name} and its end. */
    private void write(String name, String measured) throws IOException {
        var page = folder.resolve(PAGE);
        var text = Files.readString(page);
        int begin = text.indexOf("\n", text.indexOf("<!-- " + name + ":")) + 1;
        int end = text.indexOf("<!-- end -->", begin);
        Files.writeString(page, text.substring(0, begin) + measured + "\n" + text.substring(end));
    }
}
