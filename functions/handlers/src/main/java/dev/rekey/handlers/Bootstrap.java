package dev.rekey.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import dev.rekey.aws.AwsClients;
import dev.rekey.aws.turn.SystemTime;
import dev.rekey.aws.turn.VirtualThreadConcurrency;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.opened.OpenedRun;
import dev.rekey.engine.pace.Crew;
import dev.rekey.engine.pace.Pacing;
import dev.rekey.engine.pause.TaskTokens;
import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.scan.ScannedTable;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Sides;
import dev.rekey.engine.turn.Concurrency;
import dev.rekey.engine.turn.Time;
import dev.rekey.engine.turn.Turn;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Wires the functions: the only place that makes clients and reads clocks. Made once, used by every invocation. */
public final class Bootstrap {
    /** Kept free at the end of an invocation, for writing the checkpoint and answering. */
    private static final Duration RESERVE = Turn.GRACE.plusSeconds(5);

    private final Settings settings;
    private final AwsClients clients;
    private final Objects objects;
    private final Time time = new SystemTime();
    private final Concurrency concurrency = new VirtualThreadConcurrency();
    private final RandomGenerator random = new SecureRandom();
    private final OpenedRuns runs = new OpenedRuns();

    /** @param environment like that of a Lambda function */
    public Bootstrap(Map<String, String> environment) {
        this.settings = Settings.of(environment);
        this.clients = new AwsClients(environment);
        this.objects = clients.objects(settings.bucket(), time, random);
    }

    Settings settings() {
        return settings;
    }

    Time time() {
        return time;
    }

    Sides sides() {
        return clients::tables;
    }

    OpenedRuns runs() {
        return runs;
    }

    /** A source table as the plan has it scanned. */
    ScannedTable source(OpenedRun run, TableName table, Turn turn, Pacing pacing) {
        var side = run.plan().source();
        var physical = run.manifest().table(table).source().table();
        return new ScannedTable(pacing.source(sides().of(side)), physical, side.consistentRead(), turn.patience());
    }

    /** The pace of a worker that works on {@code run} at the same time as those on other segments of {@code parts}. */
    Pacing pacing(Turn turn, Documents documents, OpenedRun run, List<Crew.Part> parts) {
        return new Pacing(turn, new Crew(documents, run.folder(), parts, settings.concurrency()));
    }

    TaskTokens taskTokens() {
        return clients.taskTokens();
    }

    /** Objects of another bucket, such as the one that holds a plan. */
    Objects objectsOf(String bucket) {
        return clients.objects(bucket, time, random);
    }

    Documents documents(Turn turn) {
        return new Documents(objects, turn.patience(), turn.concurrency());
    }

    /** The turn of one invocation: as long as the settings say, and no longer than the invocation may last. */
    Turn turn(Context context) {
        var left = Duration.ofMillis(context.getRemainingTimeInMillis()).minus(RESERVE);
        var length = left.compareTo(settings.turn()) < 0 ? left : settings.turn();
        return new Turn(context.getAwsRequestId(), time.instant().plus(length), time, concurrency, random);
    }
}
