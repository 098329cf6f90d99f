/** What a run is and who may work on it: its folder, what is frozen, control, locks, pause, ledger. */
package dev.rekey.engine.run;
