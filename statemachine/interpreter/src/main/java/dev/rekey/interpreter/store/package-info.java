/** Where the interpreter keeps what must survive the process: journals that grow and documents that are replaced. */
package dev.rekey.interpreter.store;
