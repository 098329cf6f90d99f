/** Taking back what a run wrote, and nothing else. */
package dev.rekey.engine.rollback;
