/** The port through which distributed Maps read items and write results. */
package dev.rekey.interpreter.objects;
