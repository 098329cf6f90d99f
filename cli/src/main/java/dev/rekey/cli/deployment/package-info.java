/** Where commands work: deployments, their workflow, its executions and endings. */
package dev.rekey.cli.deployment;
