/** What the service's API speaks of: names, states, descriptions, refusals. */
package dev.rekey.interpreter.api;
