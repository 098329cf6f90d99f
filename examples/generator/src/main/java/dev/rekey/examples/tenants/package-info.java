/** The example {@code tenant-to-organization}. */
package dev.rekey.examples.tenants;
