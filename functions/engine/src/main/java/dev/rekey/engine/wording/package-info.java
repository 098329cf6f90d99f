/** Numbers and lists inside the sentences that people read. */
package dev.rekey.engine.wording;
