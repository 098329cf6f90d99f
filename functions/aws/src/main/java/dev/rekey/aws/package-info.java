/** DynamoDB, S3 and Step Functions behind the engine's ports. The only package of the functions that holds AWS clients. */
package dev.rekey.aws;
