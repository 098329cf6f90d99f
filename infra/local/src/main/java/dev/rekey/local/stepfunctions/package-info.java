/** Step Functions on this machine: the service's JSON protocol in front of the interpreter. */
package dev.rekey.local.stepfunctions;
