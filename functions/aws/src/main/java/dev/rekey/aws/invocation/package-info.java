/** The clock and the threads of production. */
package dev.rekey.aws.invocation;
