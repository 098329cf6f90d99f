/** Before anything is written: counts, orphans, collisions, what cannot be mapped, and a forecast. */
package dev.rekey.engine.analyze;
