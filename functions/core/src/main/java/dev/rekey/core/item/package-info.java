/** Items, keys and table names as such: digest, size, limits, and their exact form in JSON. */
package dev.rekey.core.item;
