/** Dependencies of the interpreter: a durable store, time, tasks, objects. */
package dev.rekey.interpreter.ports;
