/** Many related tables, with every reference that a right plan declares. */
package dev.rekey.examples.many;
