/** Lambda on this machine: functions that run in this process, and the Invoke API in front of them. */
package dev.rekey.local.functions;
