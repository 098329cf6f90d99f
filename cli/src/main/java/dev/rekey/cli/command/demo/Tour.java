package dev.rekey.cli.command.demo;

import dev.rekey.cli.exit.ExitCode;
import dev.rekey.cli.text.Numbers;
import dev.rekey.core.plan.Plan;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.store.Time;
import dev.rekey.examples.ExampleRecord;
import dev.rekey.examples.load.Loader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/** Migrates the example from beginning to end, then lets a migration fail. */
public final class Tour {
    private static final int MORE_RECORDS = 400;

    private final Function<List<String>, Answer> rekey;
    private final Scenery scenery;
    private final String planFile;
    private final int records;
    private final Time time;
    private final Consumer<Step> teller;
    private final List<Step> steps = new ArrayList<>();
    private Optional<String> migrated = Optional.empty();

    /** What the example is loaded with, and looked at with. */
    public record Stores(Loader loader, Tables tables) {}

    /**
     * @param rekey runs a command with {@code --json}
     * @param source the records to load, from {@link #records}
     * @param teller hears of each step when it is done
     */
    public Tour(
            Function<List<String>, Answer> rekey,
            Stores stores,
            Plan plan,
            String planFile,
            List<ExampleRecord> source,
            Time time,
            Consumer<Step> teller) {
        this.rekey = rekey;
        this.scenery = new Scenery(plan, stores.loader(), stores.tables(), source, MORE_RECORDS);
        this.planFile = planFile;
        this.records = source.size();
        this.time = time;
        this.teller = teller;
    }

    /**
     * Records for the source; takes about a second for 10,000.
     *
     * @param number at least 35
     */
    public static List<ExampleRecord> records(int number) {
        return Scenery.records(number);
    }

    /** The steps; goes no further than the first that is not as expected. */
    public List<Step> steps() {
        List<Runnable> all =
                List.of(this::load, this::analyze, this::test, this::migrate, this::verify, this::failAndTakeBack);
        for (var step : all) {
            step.run();
            if (!steps.getLast().failures().isEmpty()) {
                break;
            }
        }
        return List.copyOf(steps);
    }

    private void load() {
        var begun = time.instant();
        long loaded = scenery.load();
        var elapsed = Duration.between(begun, time.instant());
        tell(Step.done(
                "Load " + Numbers.count(loaded, "record") + " into the source",
                elapsed,
                scenery.physicalTables() + " tables created, " + rate(loaded, elapsed)));
    }

    private void analyze() {
        var answer = rekey.apply(List.of("analyze", planFile));
        tell(new Expectation(answer)
                .exit(ExitCode.DONE)
                .outcome("analyzed")
                .step("rekey analyze", answer.text("verdict"), rate(records, answer.elapsed())));
    }

    private void test() {
        var answer = rekey.apply(List.of("test", planFile, "--table", "Contacts", "--yes"));
        tell(new Expectation(answer)
                .exit(ExitCode.DONE)
                .equal("a record was copied and removed again", true, answer.count("deleted") > 0)
                .equal("records in the target afterwards", 0L, scenery.target().records())
                .step("rekey test --table Contacts", answer.text("message")));
    }

    private void migrate() {
        var answer = rekey.apply(List.of("migrate", planFile, "--yes"));
        tell(new Expectation(answer)
                .exit(ExitCode.DONE)
                .outcome("migrated")
                .verified()
                .count("created", records)
                .step(
                        "rekey migrate",
                        Numbers.count(answer.count("created"), "record") + " created and verified, "
                                + rate(records, answer.elapsed())));
        migrated = Optional.of(answer.text("run"));
    }

    private void verify() {
        var answer = rekey.apply(List.of("verify", "--run", migrated.orElseThrow()));
        tell(new Expectation(answer)
                .exit(ExitCode.DONE)
                .outcome("verified")
                .verified()
                .step("rekey verify", "every record compared again, " + rate(records, answer.elapsed())));
    }

    private void failAndTakeBack() {
        long added = scenery.add();
        var before = scenery.target();
        var ended = new AtomicBoolean();
        var somebody = CompletableFuture.supplyAsync(() -> scenery.deleteCopies(time, ended::get));
        var answer = rekey.apply(List.of("migrate", planFile, "--yes"));
        ended.set(true);
        boolean deleted = somebody.join();
        var after = scenery.target();
        tell(new Expectation(answer)
                .exit(ExitCode.DRIFT_KEPT)
                .equal("another writer deleted copies", true, deleted)
                .equal("target tables that differ from before", List.of(), after.differences(before))
                .step(
                        "rekey migrate, with " + Numbers.count(added, "new record")
                                + " in the source, while another writer deletes copies of some from the target",
                        answer.text("message"),
                        "all " + Numbers.count(before.records(), "record")
                                + " of the target are byte for byte what they were before"));
    }

    private void tell(Step step) {
        steps.add(step);
        teller.accept(step);
    }

    private static String rate(long records, Duration elapsed) {
        return Numbers.count(Numbers.perSecond(records, elapsed)) + " records/s";
    }
}
