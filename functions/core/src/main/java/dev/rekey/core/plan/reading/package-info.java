/** Reads a plan: checks its form, and builds it or says what is wrong. */
package dev.rekey.core.plan.reading;
