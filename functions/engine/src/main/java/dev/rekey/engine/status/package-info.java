/**
 * How runs stand: what every display of a run shows, and what is to be known before somebody agrees to write. The command line
 * and the console put it into words and pages.
 */
package dev.rekey.engine.status;
