/** The ports to DynamoDB and S3. One call of a method here is one request to the store. */
package dev.rekey.engine.store;
