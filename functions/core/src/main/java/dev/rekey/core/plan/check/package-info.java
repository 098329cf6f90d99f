/** Checks the references of a plan that was read, and whether it fits the existing tables. */
package dev.rekey.core.plan.check;
