/** Maps source records to target records. Pure functions. */
package dev.rekey.core.mapping;
