/** Exhaustive and randomized tests: every point at which a migration can stop, and many combinations of faults. */
package dev.rekey.engine.proof;
