package dev.rekey.cli.command;

import dev.rekey.aws.invocation.VirtualThreadConcurrency;
import dev.rekey.cli.deployment.Deployment;
import dev.rekey.core.item.Sha256;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.ExecutionInput;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.TreeMap;

/** What a command reads from and puts into the bucket of a deployment. */
final class Buckets {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private Buckets() {}

    static Documents documents(Deployment deployment, Environment environment) {
        return documents(deployment, environment, LONGEST_WAIT);
    }

    /** @param longestWait for a bucket that does not answer */
    static Documents documents(Deployment deployment, Environment environment, Duration longestWait) {
        var time = environment.time();
        var giveUpAt = time.instant().plus(longestWait);
        return new Documents(
                deployment.objects(),
                new Backoff(time, environment.random(), giveUpAt),
                new VirtualThreadConcurrency());
    }

    /** Puts the plan where an execution can read it and gives its address. The same text has the same address. */
    static String upload(PlanFile plan, Deployment deployment, Environment environment) {
        var content = plan.text().getBytes(StandardCharsets.UTF_8);
        var key = new ObjectKey("plans/" + Sha256.hex(content) + ".yaml");
        documents(deployment, environment).putBytes(key, content);
        return "s3://" + deployment.bucket() + "/" + key.name();
    }

    /** What starts an execution of the plan: puts the plan, and the files that it names, where the execution can read them. */
    static ExecutionInput input(Action action, PlanFile plan, Deployment deployment, Environment environment) {
        var addresses = new TreeMap<String, String>();
        plan.files(action.verb()).forEach((name, content) -> {
            var key = new ObjectKey("plans/" + Sha256.hex(content) + extension(name));
            documents(deployment, environment).putBytes(key, content);
            addresses.put(name, "s3://" + deployment.bucket() + "/" + key.name());
        });
        addresses.putAll(new UploadedFiles(plan, action.verb()).upload(deployment, documents(deployment, environment)));
        return ExecutionInput.ofPlan(action, upload(plan, deployment, environment))
                .files(addresses)
                .parameters(plan.parameters());
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') < 0 ? name.length() : name.lastIndexOf('.'))
                .replaceAll("[^.A-Za-z0-9]", "");
    }
}
