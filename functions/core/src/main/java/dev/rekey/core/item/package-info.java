/** Items, keys and table names: digest, size, limits, and exact JSON form. */
package dev.rekey.core.item;
