/** A run and who may work on it: folder, frozen plan and manifest, control, locks, pause, ledger. */
package dev.rekey.engine.run;
