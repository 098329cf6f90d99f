/** Halting a run without holding anything, and letting it go on. */
package dev.rekey.engine.pause;
