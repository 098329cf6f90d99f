package dev.rekey.engine.run;

/**
 * Who started an execution or gave a command, as the command line said: CloudTrail has the proof. An execution that is
 * started in another way says so itself or leaves it out.
 *
 * @param identity ARN of the caller as STS tells it; on a local stack the user of the operating system
 * @param from {@code command line}, {@code schedule} or what else the input says
 * @param version of Rekey's command line, or what the input says
 */
public record Caller(String identity, String from, String version) {
    /** Such as {@code assumed-role/Admin/jane from command line 0.2.0}. */
    public String words() {
        // The account stands in the ARN of the execution.
        return identity.replaceFirst("^arn:[^:]*:[^:]*:[^:]*:[^:]*:", "") + " from " + from
                + (version.isEmpty() ? "" : " " + version);
    }
}
