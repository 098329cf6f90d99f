/** The port through which Task states do their work. */
package dev.rekey.interpreter.task;
