/** Types of the service's API: names, states, descriptions, refusals. */
package dev.rekey.interpreter.api;
