/** Finding the records of an identity. */
package dev.rekey.engine.lookup;
