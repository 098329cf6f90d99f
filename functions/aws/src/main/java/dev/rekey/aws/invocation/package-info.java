/** Clock and threads in production. */
package dev.rekey.aws.invocation;
