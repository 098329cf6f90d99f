/** Deployments on AWS and on this machine, with the clients that they need. */
package dev.rekey.cli.deployment.wiring;
