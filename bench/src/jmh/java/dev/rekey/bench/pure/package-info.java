/** Benchmarks of the parts of a migration that make no request. */
package dev.rekey.bench.pure;
