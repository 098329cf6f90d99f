/** What earlier runs of a plan did, to which tables, as far as it was not taken back. */
package dev.rekey.engine.earlier;
