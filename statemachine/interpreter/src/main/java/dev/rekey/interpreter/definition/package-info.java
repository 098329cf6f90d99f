/** Definitions in the States Language: their elements, parser and errors. */
package dev.rekey.interpreter.definition;
