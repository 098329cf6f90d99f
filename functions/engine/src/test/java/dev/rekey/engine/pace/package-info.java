/** Tests of the pace, in simulated time. */
package dev.rekey.engine.pace;
