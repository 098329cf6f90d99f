package dev.rekey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./bench/run}. */
@Command(
        name = "bench/run",
        mixinStandardHelpOptions = true,
        description = "Measures Rekey beside the fastest plain loops, on this machine.")
public final class Bench implements Callable<Integer> {
    @Option(
            names = "--records",
            defaultValue = "100000",
            description = "Number of records (default: ${DEFAULT-VALUE}).")
    private int records;

    @Option(names = "--bytes", defaultValue = "1000", description = "Size of a record (default: ${DEFAULT-VALUE}).")
    private int bytes;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds that count (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--json", description = "One JSON document on standard output, nothing else.")
    private boolean json;

    @Option(
            names = "--write",
            paramLabel = "FOLDER",
            description = "Also write performance.md and performance.svg there.")
    private Path folder;

    @Option(
            names = "--clean",
            paramLabel = "N",
            description = "Measure nothing, but migrate and verify N clean records: none may be reported.")
    private int clean;

    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var spans = new Spans(System::nanoTime);
        var data = Files.createTempDirectory("rekey-bench");
        try (var stack = BenchStack.start(data, Path.of(System.getProperty("rekey.stores")), spans)) {
            if (clean > 0) {
                System.out.print(new CleanRecords(stack, System::nanoTime, clean).verified());
                return 0;
            }
            var measuring = new Rounds(stack, spans, System::nanoTime, records, bytes);
            var all = measuring.measure(rounds);
            var figures = new Figures(machine(), records, bytes, all, measuring.costs());
            System.out.print(json ? figures.json().toPrettyString() + "\n" : figures.markdown());
            if (folder != null) {
                Files.writeString(folder.resolve("performance.svg"), figures.svg());
                Files.writeString(folder.resolve("performance.md"), page(figures));
            }
        }
        return 0;
    }

    private static String machine() {
        return Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.name") + ", Java "
                + System.getProperty("java.version") + ", "
                + LocalDate.now(ZoneOffset.UTC);
    }

    private static String page(Figures figures) {
        return """
            # Performance

            Written by `./bench/run --write docs/internals`; do not edit. DynamoDB Local and the S3 of the local stack share
            the processors with Rekey, so that ratios tell more than rates. Each figure is the median of the rounds; the
            first round is not counted.

            %s
            ![Records a second](performance.svg)

            **plain loop**: a parallel scan and BatchWriteItem of the same records, unchanged, nothing else, with the best
            number of segments of those tried. **migrate, copy stage**: the functions that read, map, log and write.
            **functions only**: all the time in which any function was at work. **one by one**: get, put with a condition,
            get again, for the first 2,000 records.

            The copy stage does what the plain loop does, and reads each target key before
            ([why](../decisions/0031-the-copy-reads-before-it-writes.md)), writes what it is about to do to S3, and maps. The
            shares above say what that costs here, where one process is DynamoDB for both sides.
            """.formatted(figures.markdown());
    }
}
