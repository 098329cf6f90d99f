/** Proof by exhaustion and by chance: every place where a migration can stop, and many ways in which things go wrong. */
package dev.rekey.engine.proof;
