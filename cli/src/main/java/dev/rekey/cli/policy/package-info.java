/** What IAM has to allow for a plan. */
package dev.rekey.cli.policy;
