package dev.rekey.core.plan;

/** How the records of a file are written. */
public enum FileFormat {
    /** RFC 4180 with a line of column names. */
    CSV,
    /** What PostgreSQL's {@code COPY … TO … (FORMAT csv, HEADER)} writes. */
    POSTGRES,
    /** One JSON object per line. */
    JSON,
    /** MongoDB's Extended JSON v2, one document per line. */
    MONGO,
    /** DynamoDB JSON, one item per line. */
    DYNAMODB
}
