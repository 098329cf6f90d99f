/** Reading the whole source before anything is written: counts, orphans, collisions, records that cannot be mapped. */
package dev.rekey.engine.analyze;
