/** Before anything is read or written: the input checked, the plan frozen, the locks taken, the work laid out. */
package dev.rekey.engine.prepare;
