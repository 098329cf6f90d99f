package dev.rekey.local;

import dev.rekey.aws.invocation.ProcessLiveness;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where a running stack is reached. */
public record Endpoints(Addresses addresses, StackOptions.Names names, String stateMachineArn) {

    public record Addresses(URI dynamodb, URI s3, URI stepFunctions, URI lambda) {}

    /** Any would do; DynamoDB Local takes letters and digits only. */
    private static final String CREDENTIAL = "local";

    public URI dynamodb() {
        return addresses.dynamodb;
    }

    public URI s3() {
        return addresses.s3;
    }

    public URI stepFunctions() {
        return addresses.stepFunctions;
    }

    public URI lambda() {
        return addresses.lambda;
    }

    public String region() {
        return names.region();
    }

    public String account() {
        return names.account();
    }

    public String bucket() {
        return names.bucket();
    }

    /** What points a client, the AWS CLI or boto3 at this stack: variables of the environment. */
    public Map<String, String> clientEnvironment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("AWS_ENDPOINT_URL_DYNAMODB", dynamodb().toString());
        variables.put("AWS_ENDPOINT_URL_S3", s3().toString());
        variables.put("AWS_ENDPOINT_URL_SFN", stepFunctions().toString());
        variables.put("AWS_ENDPOINT_URL_LAMBDA", lambda().toString());
        variables.put("AWS_REGION", region());
        // The AWS CLI in version 1 reads only this one.
        variables.put("AWS_DEFAULT_REGION", region());
        variables.put("AWS_ACCESS_KEY_ID", CREDENTIAL);
        variables.put("AWS_SECRET_ACCESS_KEY", CREDENTIAL);
        // What never leaves this machine needs no checksum, and S3Mock does not understand those of an upload in parts.
        variables.put("AWS_REQUEST_CHECKSUM_CALCULATION", "when_required");
        variables.put("AWS_RESPONSE_CHECKSUM_VALIDATION", "when_required");
        return variables;
    }

    /** Workers at once: they share this machine with the stores, and one pool of connections. */
    public static final int WORKERS = 8;

    /** The environment of the functions, which run in this process: that of a client, with the names of what they work on. */
    public Map<String, String> functionEnvironment() {
        Map<String, String> variables = new LinkedHashMap<>(clientEnvironment());
        variables.put("REKEY_BUCKET", bucket());
        variables.put("REKEY_STATE_MACHINE_ARN", stateMachineArn);
        ProcessLiveness.thisProcess().ifPresent(process -> variables.put("REKEY_PROCESS", process));
        return variables;
    }

    /** Lines for a shell. */
    public List<String> exports() {
        return clientEnvironment().entrySet().stream()
                .map(variable -> "export " + variable.getKey() + "=" + variable.getValue())
                .toList();
    }
}
