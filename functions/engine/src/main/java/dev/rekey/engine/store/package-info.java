/** The ports: tables, objects, time, concurrency, executions. One call of a method of a store is one request. */
package dev.rekey.engine.store;
