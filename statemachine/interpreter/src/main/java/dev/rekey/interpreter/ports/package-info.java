/** What the service needs from outside: a durable store, time, tasks, objects. */
package dev.rekey.interpreter.ports;
