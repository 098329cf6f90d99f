/** DynamoDB Local and S3Mock as child processes: their command lines, start, end and output. */
package dev.rekey.local.stores;
