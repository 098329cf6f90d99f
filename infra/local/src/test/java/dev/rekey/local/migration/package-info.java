/** Whole migrations on the local stack. */
package dev.rekey.local.migration;
