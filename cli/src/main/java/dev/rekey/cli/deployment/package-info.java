/** Where Rekey is installed: a stack in an AWS account, or the same on this machine. */
package dev.rekey.cli.deployment;
