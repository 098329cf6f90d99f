/** Deployments that commands work with: their workflow, its executions and results. */
package dev.rekey.cli.deployment;
