/** Documents of the States Language: what they are made of, how they are read, and all that can be wrong with them. */
package dev.rekey.interpreter.definition;
