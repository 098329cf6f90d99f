/** One invocation of a function: its time, its end, its concurrency. The engine reads no clock and starts no thread. */
package dev.rekey.engine.turn;
