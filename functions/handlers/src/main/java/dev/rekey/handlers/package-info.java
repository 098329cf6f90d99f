/** The functions of the workflow: decode, call the engine, encode. */
package dev.rekey.handlers;
