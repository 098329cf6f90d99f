/** The parts of a migration that ask nobody, measured alone. */
package dev.rekey.bench.pure;
