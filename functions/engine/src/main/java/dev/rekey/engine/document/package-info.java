/** JSON documents in S3. */
package dev.rekey.engine.document;
