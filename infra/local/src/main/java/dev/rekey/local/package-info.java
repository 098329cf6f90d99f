/**
 * The same stack on one machine: {@link dev.rekey.local.Stack} starts DynamoDB Local and S3Mock in processes of their
 * own and serves Step Functions and Lambda from this one.
 */
package dev.rekey.local;
