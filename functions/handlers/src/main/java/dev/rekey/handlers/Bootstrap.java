package dev.rekey.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import dev.rekey.aws.AwsClients;
import dev.rekey.aws.invocation.ProcessLiveness;
import dev.rekey.aws.invocation.SystemTime;
import dev.rekey.aws.invocation.VirtualThreadConcurrency;
import dev.rekey.core.plan.Side;
import dev.rekey.engine.store.Concurrency;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Liveness;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Sides;
import dev.rekey.engine.store.Time;
import dev.rekey.engine.workflow.FrozenRuns;
import dev.rekey.engine.workflow.Ports;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.crac.Core;
import org.crac.Resource;

/** Wires the functions: the only place that makes clients and reads clocks. Made once, used by every invocation. */
public final class Bootstrap implements Resource {
    /** Kept free at the end of an invocation, for writing the checkpoint and answering. */
    private static final Duration RESERVE = Invocation.GRACE.plusSeconds(2);

    private final Settings settings;
    private final AwsClients clients;
    private final Function<String, Sides> tables;
    private final Function<String, Objects> buckets;
    private final Objects objects;
    private final Time time = new SystemTime();
    private final Concurrency concurrency = new VirtualThreadConcurrency();
    private final RandomGenerator random = new SecureRandom();
    private final FrozenRuns runs = new FrozenRuns();
    private final Liveness liveness;

    private final Telemetry telemetry;

    /** Shared by the handlers of a process, which Lambda makes without arguments. */
    private static final class OfProcess {
        static final Bootstrap BOOTSTRAP = made();

        private static Bootstrap made() {
            var bootstrap = new Bootstrap(System.getenv(), new PowertoolsTelemetry(System.getenv()));
            Core.getGlobalContext().register(bootstrap);
            return bootstrap;
        }
    }

    /** @param environment like that of a Lambda function */
    public Bootstrap(Map<String, String> environment) {
        this(environment, Telemetry.SILENT);
    }

    /**
     * Over other stores than those of AWS.
     *
     * @param buckets the objects of each bucket, by its name
     */
    public Bootstrap(Map<String, String> environment, Sides tables, Function<String, Objects> buckets) {
        this.telemetry = Telemetry.SILENT;
        this.settings = Settings.of(environment);
        this.clients = new AwsClients(environment);
        this.tables = _ -> tables;
        this.buckets = buckets;
        this.objects = buckets.apply(settings.bucket());
        this.liveness = Liveness.UNKNOWN;
    }

    private Bootstrap(Map<String, String> environment, Telemetry telemetry) {
        this.telemetry = telemetry;
        this.settings = Settings.of(environment);
        this.clients = new AwsClients(environment);
        this.tables = session -> Sides.of(side -> clients.tables(side, session), clients::files);
        this.buckets = bucket -> clients.objects(bucket, time, random);
        this.objects = telemetry.watched(buckets.apply(settings.bucket()), time);
        this.liveness = settings.process().isPresent() ? new ProcessLiveness() : Liveness.UNKNOWN;
    }

    /** That of a Lambda function's process: made once, by whatever handler is made first. */
    static Bootstrap ofProcess() {
        return OfProcess.BOOTSTRAP;
    }

    Settings settings() {
        return settings;
    }

    Time time() {
        return time;
    }

    Telemetry telemetry() {
        return telemetry;
    }

    /** Told a subject and a text. */
    BiConsumer<String, String> people() {
        return clients.topic(settings.topic().orElseThrow())::tell;
    }

    /** Name of the CloudFormation stack. */
    String stack() {
        return settings.stack();
    }

    /** Before Lambda takes a snapshot of the process: does what the first invocation would have to wait for otherwise. */
    @Override
    public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
        var here = new Side("{table}", Optional.empty(), Optional.empty(), Optional.empty(), true);
        var _ = clients.tables(here);
        var _ = clients.stepFunctions();
        Priming.load();
    }

    /** Nothing to do: clocks, random numbers and credentials are asked for anew whenever they are needed. */
    @Override
    public void afterRestore(org.crac.Context<? extends Resource> context) {}

    /** Objects of another bucket, such as the one that holds a plan. */
    Objects objectsOf(String bucket) {
        return buckets.apply(bucket);
    }

    /**
     * What a state is given for one invocation.
     *
     * @param session of a role in another account: its records then tell which function did what for which run
     */
    Ports ports(Invocation invocation, String session) {
        var documents = new Documents(objects, invocation.backoff(), invocation.concurrency());
        return new Ports(
                documents,
                telemetry.metered(tables.apply(session)),
                clients::executions,
                clients::taskTokens,
                runs,
                invocation);
    }

    /** An invocation that ends after {@code longest}, or earlier if Lambda's time limit requires it. */
    Invocation invocation(Context context, Duration longest) {
        var left = Duration.ofMillis(context.getRemainingTimeInMillis()).minus(RESERVE);
        var length = left.compareTo(longest) < 0 ? left : longest;
        var owner = settings.process()
                .map(process -> ProcessLiveness.name(context.getAwsRequestId(), process))
                .orElseGet(context::getAwsRequestId);
        return new Invocation(owner, time.instant().plus(length), time, concurrency, random, liveness);
    }
}
