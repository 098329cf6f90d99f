package dev.rekey.local;

import java.net.URI;

/** Where DynamoDB Local and S3Mock are reached. */
public record RunningStores(URI dynamodb, URI s3) {}
