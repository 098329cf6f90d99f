package dev.rekey.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.cli.command.demo.Answer;
import dev.rekey.cli.command.demo.Step;
import dev.rekey.cli.command.demo.Tour;
import dev.rekey.cli.deployment.LocalStacks;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.cli.text.Console;
import dev.rekey.cli.text.Numbers;
import dev.rekey.examples.ExampleRecord;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rekey demo}. */
@Command(
        name = "demo",
        description = "Run a demonstration on this machine, on its own stack.",
        footer = "  rekey demo --records 500")
final class DemoCommand implements Callable<Integer> {
    private static final int LEAST_RECORDS = 35;
    private static final DateTimeFormatter FOLDER =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withZone(ZoneOffset.UTC);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Environment environment;

    @Mixin
    private DataOptions options = new DataOptions();

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Number of records to load (default: ${DEFAULT-VALUE}).")
    private int records;

    DemoCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (records < LEAST_RECORDS) {
            throw CommandFailure.usage("Cannot run the demo: " + Numbers.count(records, "record")
                    + ", but at least one is needed for each of the " + LEAST_RECORDS
                    + " tables. Nothing was started. Use --records 35 or more.");
        }
        var begun = environment.time().instant();
        var folder = options.data(environment).resolve("demo").resolve(FOLDER.format(begun));
        var plan = PlanFile.read(environment, "run the demo of", planPath());
        var settings = new LocalStacks.Settings(LocalStacks.Ports.FREE, true, folder);
        // While the stores start, one processor has little to do.
        var source = CompletableFuture.supplyAsync(() -> Tour.records(records));
        try (var stack = environment.localStacks().start(settings);
                var _ = environment.interruption().beforeTheEnd(stack::close)) {
            tell(Step.done("Start the stack on this machine", since(begun), endpoints(stack)));
            // The first object takes S3Mock a second, which it has while the tables are filled.
            var _ = CompletableFuture.runAsync(() -> Buckets.upload(plan, stack.deployment(), environment));
            return tour(stack, plan, source.join(), folder, begun);
        }
    }

    private Path planPath() {
        return environment
                .home()
                .map(home -> home.resolve("examples/environment-promotion/plan.yaml"))
                .orElseThrow(() -> CommandFailure.usage("Cannot run the demo: the folder of the examples is not known."
                        + " Nothing was started. Start Rekey with the script ./rekey."));
    }

    private int tour(
            LocalStacks.LocalStack stack, PlanFile plan, List<ExampleRecord> source, Path folder, Instant begun) {
        var tour = new Tour(
                arguments -> answer(stack, arguments),
                new Tour.Stores(stack.loader(), stack.tables()),
                plan.reading().plan(),
                plan.path().toString(),
                source,
                environment.time(),
                this::tell);
        var steps = tour.steps();
        var pages = new HtmlReports(stack.deployment(), environment, folder.resolve("reports")).save(steps);
        return end(steps, pages, since(begun));
    }

    /** Runs a command just as from the shell, but for where its stack is and where its answer goes. */
    private Answer answer(LocalStacks.LocalStack stack, List<String> arguments) {
        var begun = environment.time().instant();
        var out = new StringWriter();
        var console = environment.console();
        var inside = new Console(
                console.in(),
                new PrintWriter(out, true),
                console.err(),
                console.terminal(),
                Console.Output.FILE,
                console.screen(),
                console.longest());
        var all = new ArrayList<>(arguments);
        all.addAll(List.of("--local", OutputOptions.JSON));
        int exitCode = RekeyCommand.run(environment.with(inside, _ -> stack.deployment()), all);
        try {
            return new Answer(exitCode, JSON.readTree(out.toString()), since(begun));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the answer of " + all + " is no JSON", e);
        }
    }

    private int end(List<Step> steps, List<Path> pages, Duration elapsed) {
        boolean asExpected = steps.stream().allMatch(step -> step.failures().isEmpty());
        var code = asExpected ? ExitCode.DONE : ExitCode.DEFECT;
        var console = environment.console();
        var out = console.out();
        if (options.json()) {
            out.println(document(steps, pages, elapsed, code));
        } else {
            console.show(
                    asExpected
                            ? "Every step went as expected, in " + Numbers.duration(elapsed) + ". Reports:"
                            : "Cannot complete the demo: the last step had an unexpected result. Nothing outside the demo's own stack was changed. Please report it. Reports:");
            pages.forEach(page -> out.println("  " + page));
        }
        out.flush();
        return code.number();
    }

    private static String document(List<Step> steps, List<Path> pages, Duration elapsed, ExitCode code) {
        var document = JsonNodeFactory.instance
                .objectNode()
                .put("exitCode", code.number())
                .put("millis", elapsed.toMillis());
        var list = document.putArray("steps");
        for (var step : steps) {
            var one = list.addObject()
                    .put("step", step.title())
                    .put("millis", step.elapsed().toMillis());
            var facts = one.putArray("facts");
            step.facts().forEach(facts::add);
            var failures = one.putArray("failures");
            step.failures().forEach(failures::add);
        }
        var reports = document.putArray("reports");
        pages.forEach(page -> reports.add(page.toString()));
        return document.toPrettyString();
    }

    private void tell(Step step) {
        if (options.json()) {
            return;
        }
        var console = environment.console();
        console.show(step.title() + " (" + Numbers.duration(step.elapsed()) + ")");
        step.facts().forEach(fact -> console.show("    " + fact));
        step.failures().forEach(failure -> console.show("    NOT AS EXPECTED: " + failure));
        console.out().flush();
    }

    private static String[] endpoints(LocalStacks.LocalStack stack) {
        return stack.exports().entrySet().stream()
                .filter(export -> export.getKey().startsWith("AWS_ENDPOINT_URL"))
                .map(export -> export.getKey() + "=" + export.getValue())
                .toArray(String[]::new);
    }

    private Duration since(Instant begun) {
        return Duration.between(begun, environment.time().instant());
    }
}
