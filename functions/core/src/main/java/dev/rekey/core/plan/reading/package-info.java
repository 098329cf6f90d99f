/** Reads a plan and checks it: its form, its references, and whether it fits the tables that exist. */
package dev.rekey.core.plan.reading;
