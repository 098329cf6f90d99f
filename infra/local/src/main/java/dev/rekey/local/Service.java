package dev.rekey.local;

/** The four services of the stack. */
public enum Service {
    DYNAMODB("DynamoDB", "--dynamodb-port", 8000),
    S3("S3", "--s3-port", 9090),
    STEP_FUNCTIONS("Step Functions", "--stepfunctions-port", 8083),
    LAMBDA("Lambda", "--lambda-port", 3001);

    private final String title;
    private final String option;
    private final int defaultPort;

    Service(String title, String option, int defaultPort) {
        this.title = title;
        this.option = option;
        this.defaultPort = defaultPort;
    }

    /** As people write it. */
    public String title() {
        return title;
    }

    /** The option of the command line that sets its port. */
    public String option() {
        return option;
    }

    public int defaultPort() {
        return defaultPort;
    }
}
