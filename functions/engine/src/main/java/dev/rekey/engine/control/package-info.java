/** Changes of the one object that all workers of a run read. */
package dev.rekey.engine.control;
