/** The analysis before anything is written: counts, orphans, collisions, records that cannot be mapped, a forecast. */
package dev.rekey.engine.analyze;
