/** The rollback: takes back what the undo log says, and compares afterwards. */
package dev.rekey.engine.undo;
