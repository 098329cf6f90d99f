/** DynamoDB Local and S3Mock as child processes: their command lines, start, end and what they said. */
package dev.rekey.local.stores;
