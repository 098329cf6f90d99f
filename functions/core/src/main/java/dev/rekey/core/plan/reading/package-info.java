/** Reads a plan and checks its form, its references, and whether it fits the existing tables. */
package dev.rekey.core.plan.reading;
