/** The test of one record: all the way into the target, with what it references, and back. */
package dev.rekey.engine.trial;
