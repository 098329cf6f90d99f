/** From a record of the source to the record of the target. Pure. */
package dev.rekey.core.mapping;
