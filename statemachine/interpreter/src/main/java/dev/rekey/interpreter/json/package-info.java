/** JSON texts and trees. */
package dev.rekey.interpreter.json;
