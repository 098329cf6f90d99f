/** The port for the clock and its alarms. */
package dev.rekey.interpreter.time;
