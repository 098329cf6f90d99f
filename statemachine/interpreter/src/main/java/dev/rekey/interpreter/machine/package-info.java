/** State machines: their names, definitions and revisions. */
package dev.rekey.interpreter.machine;
