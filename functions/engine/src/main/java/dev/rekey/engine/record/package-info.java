/** Items as such: their digest, size, limits, equality, and their exact form in JSON. */
package dev.rekey.engine.record;
